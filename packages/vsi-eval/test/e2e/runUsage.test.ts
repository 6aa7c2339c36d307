import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "@jest/globals";
import { type RunResult, runVsiEval } from "@vsi/testing/commands";
import { temporaryFolder } from "@vsi/testing/folders";
import { readLines } from "@vsi/testing/jsonFiles";
import { datasetQuestion, jsonLines } from "../support/benchmarkRecords.ts";
import { type MadeBenchmark, makeBenchmark, plainImage, writeFrames } from "../support/makeBenchmark.ts";
import { startOpenAiServer } from "../support/openAiServer.ts";

describe("vsi-eval run, its command line", () => {
  const folder = temporaryFolder();
  let benchmark: MadeBenchmark;

  beforeAll(async () => {
    benchmark = await makeBenchmark(folder, 2, 2);
  });

  /** With a server that is not there: nothing here may come so far as to ask it. */
  const run = (...words: string[]): Promise<RunResult> => {
    const { data, framesFolder } = benchmark;
    const given: Record<string, string> = {
      model: "tiny",
      "base-url": "http://127.0.0.1:9/v1",
      data,
      "frames-dir": framesFolder,
    };
    const defaults = Object.entries(given).filter(([name]) => !words.includes(`--${name}`));
    const flags = defaults.flatMap(([name, value]) => [`--${name}`, value]);
    return runVsiEval(["run", ...flags, "--out", join(folder, "out"), ...words]);
  };

  test.each([
    ["--base-url 127.0.0.1:8000", ["--base-url", "expected an address"]],
    // As it is pasted from a curl: it was asked for .../chat/completions/models.
    [
      "--base-url http://127.0.0.1:8000/v1/chat/completions",
      ["expected the address without /chat/completions: http://127.0.0.1:8000/v1."],
    ],
    ["--base-url http://127.0.0.1:8000/v1/models/", ["without /models: http://127.0.0.1:8000/v1."]],
    ["--data nyu-visionx/VSI-Bench", ["hf download nyu-visionx/VSI-Bench --repo-type dataset"]],
    ["--frames 0", ["--frames", "at least 1"]],
    ["--max-pixels 100", ["--max-pixels", "at least 784"]],
    ["--temperature 3", ["--temperature", "from 0 to 2"]],
    ["--temperature hot", ["--temperature"]],
    ["--mode dream", ["mode", "vanilla"]],
    ["--resume --overwrite", ["--resume", "--overwrite", "only one"]],
    ["--split test", ["--split test", "a dataset folder"]],
    ["--concurency 2", ["concurency", "--help"]],
  ])("%s: exit code 2, no stack, nothing written, and text that helps", async (words, expected) => {
    const result = await run(...words.split(" "));
    expect(result).toMatchObject({ exitCode: 2, stdout: "" });
    expect(result.stderr).toMatch(/^vsi-eval: /);
    expect(result.stderr).not.toMatch(/^\s+at /m);
    for (const part of expected) expect(result.stderr).toContain(part);
    expect(await readdir(folder)).not.toContain("out");
  });

  test("regression: an address that ends with /models for good was refused: Azure's has it before its routes", async () => {
    for (const address of ["http://127.0.0.1:9/models", "http://127.0.0.1:9/responses/"]) {
      const { stderr } = await run("--base-url", address, "--frames", "0");
      expect(stderr).toMatch(/--frames/);
      expect(stderr).not.toContain("base-url");
    }
  });

  test("an address with a password is refused without repeating it", async () => {
    const addresses = [
      "http://me:pa55word@127.0.0.1/v1",
      "http://me:pa55word@host:port/v1",
      "https://h/v1?key=pa55word",
    ];
    for (const address of addresses) {
      const refused = await run("--base-url", address);
      expect(refused.exitCode).toBe(2);
      expect(refused.stderr).toContain("--base-url");
      expect(refused.stderr).not.toContain("pa55word");
    }
  });

  test("a scene without frames is found before anything is asked: exit code 2, the scene and its path", async () => {
    const lost = join(folder, "half-frames");
    await writeFrames(join(lost, "scene0000_00"), 2);
    const { exitCode, stderr } = await run("--frames-dir", lost);
    expect(exitCode).toBe(2);
    expect(stderr).toContain("scene scene0001_00");
    expect(stderr).toContain(join(lost, "scannet", "scene0001_00"));
    expect(stderr).toContain("a dataset of vsi-build has its own when it is built with --frames N. Nothing was asked.");
    expect(await readdir(folder)).not.toContain("out");
  });

  test("a frame that can't be read stops the run with its path: exit code 1", async () => {
    const broken = join(folder, "broken-frames");
    for (const scene of ["scene0000_00", "scene0001_00"]) await writeFrames(join(broken, scene), 2);
    await writeFile(join(broken, "scene0001_00", "2.jpg"), (await plainImage(112, 84, 2)).subarray(0, 300));
    const server = await startOpenAiServer(() => ({ answer: "4" }));
    try {
      const out = join(folder, "broken-out");
      const given = ["--model", "tiny", "--base-url", server.baseUrl, "--data", benchmark.data, "--frames-dir", broken];
      const { exitCode, stderr } = await runVsiEval(["run", ...given, "--out", out, "--concurrency", "1"]);
      expect(exitCode).toBe(1);
      expect(stderr).toContain("scene0001_00/2.jpg");
      expect(stderr).toContain("continue with --resume");
      expect(await readLines(join(out, "answers.jsonl"))).toHaveLength(10);
    } finally {
      await server.close();
    }
  });

  test("a dataset folder brings its own frames, of its questions' own lists", async () => {
    const dataset = join(folder, "dataset");
    await mkdir(join(dataset, "data"), { recursive: true });
    await writeFrames(join(dataset, "frames", "scene9000_00"), 5);
    const frames = ["2.jpg", "4.jpg"];
    await writeFile(join(dataset, "data", "validation.jsonl"), jsonLines([datasetQuestion({ frames })]));
    const server = await startOpenAiServer(() => ({ answer: "B" }));
    try {
      const out = join(folder, "dataset-out");
      const given = ["--model", "tiny", "--base-url", server.baseUrl, "--data", dataset, "--out", out, "--frames", "1"];
      expect(await runVsiEval(["run", ...given])).toMatchObject({ exitCode: 0 });
      expect(await readLines(join(out, "answers.jsonl"))).toMatchObject([
        { id: "0123456789abcdef", frames, prediction: "B" },
      ]);
      expect(JSON.parse(await readFile(join(out, "settings.json"), "utf8"))).toMatchObject({ frames: null });
    } finally {
      await server.close();
      await rm(dataset, { recursive: true });
    }
  });

  test("--help-all shows every flag, an example and the exit codes", async () => {
    const { exitCode, stdout, stderr } = await runVsiEval(["run", "--help-all"]);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    const flags =
      "model base-url data frames-dir out mode prompts split limit frames without-frames shuffled-frames frames-of-other-rooms frames-seed max-pixels max-tokens temperature seed concurrency timeout retries api-key-env allow-dropped-images resume overwrite dry-run quiet json log-level config";
    for (const flag of flags.split(" ")) expect(stdout).toMatch(new RegExp(`^  +--${flag}\\b`, "m"));
    expect(stdout).toContain("vsi-eval run --model Qwen/Qwen2-VL-2B-Instruct");
    expect(stdout).toContain("Exit codes: 0 done");
  });
});
