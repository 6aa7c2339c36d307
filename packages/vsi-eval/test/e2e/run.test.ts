import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeAll, describe, expect, test } from "@jest/globals";
import { at } from "@vsi/dataset/internal";
import { hashFile } from "@vsi/dataset/node";
import { type RunResult, runVsiEval } from "@vsi/testing/commands";
import { temporaryFolder } from "@vsi/testing/folders";
import { readLines } from "@vsi/testing/jsonFiles";
import sharp from "sharp";
import { jsonLines } from "../support/benchmarkRecords.ts";
import { type MadeBenchmark, makeBenchmark } from "../support/makeBenchmark.ts";
import { type OpenAiServer, type ReceivedRequest, type Reply, startOpenAiServer } from "../support/openAiServer.ts";

/** The same question gets the same answer. */
const parrot = ({ text }: ReceivedRequest): Reply => ({ answer: `${text.length} ("${text.split("\n")[1]}")` });

describe("vsi-eval run", () => {
  const folder = temporaryFolder();
  let benchmark: MadeBenchmark;
  let server: OpenAiServer;
  const out = (): string => join(folder, "out");

  beforeAll(async () => {
    benchmark = await makeBenchmark(folder, 3, 12);
  });
  afterEach(async () => {
    await server.close();
    await rm(out(), { recursive: true, force: true });
  });

  const run = (...words: string[]): Promise<RunResult> => {
    const { data, framesFolder } = benchmark;
    const given = ["--model", "tiny", "--base-url", server.baseUrl, "--frames-dir", framesFolder, "--out", out()];
    return runVsiEval(["run", ...given, ...(words.includes("--data") ? [] : ["--data", data]), ...words]);
  };

  test("asks every question once, with its own scene's frames before the text, and keeps every answer", async () => {
    server = await startOpenAiServer(parrot);
    const { exitCode, stdout, stderr } = await run("--frames", "4", "--mode", "think", "--seed", "7");
    expect(stderr).toMatch(/30\/30 questions/);
    expect(exitCode).toBe(0);
    expect(stdout).toContain("30 of 30 questions answered");
    expect(stdout).toContain(`vsi-eval score ${join(out(), "predictions.jsonl")} --data ${benchmark.data}`);

    const withImages = server.received.filter(({ images }) => images.length > 0);
    expect(withImages).toHaveLength(30);
    expect(new Set(withImages.map(({ text }) => text)).size).toBe(30);
    // Besides, one request to see whether the images arrive.
    expect(server.received.length - withImages.length).toBe(1);
    for (const { body, images } of withImages) {
      expect(images).toHaveLength(4);
      expect(body).toMatchObject({ model: "tiny", temperature: 0, seed: 7, max_tokens: 1024 });
      const { content } = (body.messages as { content: { type: string }[] }[])[0]!;
      expect(content.map(({ type }) => type)).toEqual([...Array(4).fill("image_url"), "text"]);
    }

    const answers = await readLines<Record<string, unknown>>(join(out(), "answers.jsonl"));
    for (const question of benchmark.questions) {
      const own = answers.filter(({ id }) => id === String(question.id));
      expect(own).toHaveLength(1);
      const { prompt, prediction } = at(own, 0);
      expect(withImages.some(({ text }) => text === prompt)).toBe(true);
      expect(prediction).toBe((parrot({ text: prompt } as ReceivedRequest) as { answer: string }).answer);
      expect(own[0]).toMatchObject({
        question_type: question.question_type,
        frames: ["1.jpg", "5.jpg", "8.jpg", "12.jpg"],
        finish_reason: "stop",
        usage: { prompt_tokens: 20 + 4 * 6, completion_tokens: 1 },
        attempts: 1,
        error: null,
      });
    }

    const predictions = await readLines<Record<string, unknown>>(join(out(), "predictions.jsonl"));
    expect(predictions.map(({ id }) => id)).toEqual(benchmark.questions.map(({ id }) => String(id)));
    expect(Object.keys(at(predictions, 0))).toEqual(["id", "question_type", "prediction"]);

    const settings = JSON.parse(await readFile(join(out(), "settings.json"), "utf8"));
    expect(settings).toMatchObject({
      schema: "vsi-run/1",
      model: "tiny",
      base_url: server.baseUrl,
      mode: "think",
      prompts: "evaluation",
      frames: 4,
      max_pixels: 128 * 28 * 28,
      temperature: 0,
      seed: 7,
      data_sha256: await hashFile(benchmark.data),
      images: "shown",
    });
    expect((await readdir(out())).sort()).toEqual(["answers.jsonl", "predictions.jsonl", "settings.json"]);
  });

  test("the pictures arrive in order, in multiples of 28 and within --max-pixels", async () => {
    server = await startOpenAiServer(parrot);
    expect(await run("--frames", "12", "--max-pixels", "4000", "--limit", "1")).toMatchObject({ exitCode: 0 });
    const shades: number[] = [];
    for (const url of at(server.received, 0).images) {
      const [head, base64] = url.split(",") as [string, string];
      expect(head).toBe("data:image/jpeg;base64");
      const image = sharp(Buffer.from(base64, "base64"));
      const { width, height } = await image.metadata();
      expect({ width, height }).toEqual({ width: 56, height: 28 });
      shades.push((await image.stats()).channels[0]!.mean);
    }
    // Frame n was painted in grey 16 n: "10.jpg" must not come before "2.jpg".
    for (const [index, shade] of shades.entries()) expect(Math.abs(shade - 16 * (index + 1))).toBeLessThan(3);
  });

  test("--concurrency is the most that the server sees at one time, and is reached", async () => {
    server = await startOpenAiServer((request) => ({ ...parrot(request), delay: 40 }) as Reply);
    expect(await run("--concurrency", "3")).toMatchObject({ exitCode: 0 });
    expect(server.mostAtOnce()).toBe(3);
  });

  test("a scene's questions are asked one after the other, so that its frames are encoded once; the file keeps its own order", async () => {
    server = await startOpenAiServer(parrot);
    // Question 0 is of the first scene, 10 of the second, 20 of the third, 1 of the first again, ...
    const mixed = Array.from({ length: 30 }, (_, place) =>
      at(benchmark.questions, (place % 3) * 10 + Math.floor(place / 3)),
    );
    const data = join(folder, "mixed.jsonl");
    await writeFile(data, jsonLines(mixed));
    expect(await run("--data", data, "--concurrency", "1")).toMatchObject({ exitCode: 0 });
    const scenes = server.answered.map((text) => Math.floor(Number(/Question (\d+)\?/.exec(text)![1]) / 10));
    expect(scenes).toEqual([...Array(10).fill(0), ...Array(10).fill(1), ...Array(10).fill(2)]);
    const predictions = await readLines(join(out(), "predictions.jsonl"));
    expect(predictions.map(({ id }) => id)).toEqual(mixed.map(({ id }) => String(id)));
  });

  test("answers cut by --max-tokens are counted", async () => {
    let asked = 0;
    server = await startOpenAiServer(() => ({ answer: "4", finishReason: asked++ % 2 === 0 ? "length" : "stop" }));
    const { exitCode, stdout } = await run("--json", "--concurrency", "1", "--limit", "9");
    expect(exitCode).toBe(0);
    // Which ones are cut depends on when the request without images came: the kept answers say how many.
    const finished = server.received.filter(({ images }) => images.length > 0);
    expect(finished).toHaveLength(9);
    const answers = await readLines<{ finish_reason: string }>(join(out(), "answers.jsonl"));
    const cut = answers.filter(({ finish_reason }) => finish_reason === "length").length;
    expect(cut).toBeGreaterThan(0);
    expect(JSON.parse(stdout)).toMatchObject({ questions: 9, answered: 9, cut });
  });

  test("--dry-run asks nothing and writes nothing", async () => {
    server = await startOpenAiServer(parrot);
    const { exitCode, stdout } = await run("--dry-run");
    expect(exitCode).toBe(0);
    expect(stdout).toContain("30 questions about 3 scenes, 12 frames each");
    expect(stdout).toContain("Question 0?");
    const summary = JSON.parse((await run("--dry-run", "--json", "--frames", "2")).stdout);
    expect(summary).toMatchObject({ questions: 30, scenes: 3, most_frames: 2, first_frames: ["1.jpg", "12.jpg"] });
    expect(server.received).toHaveLength(0);
    await expect(readdir(out())).rejects.toThrow("ENOENT");
  });

  describe("images that do not arrive", () => {
    test("stop the run before an answer is kept: exit code 1, images-dropped", async () => {
      server = await startOpenAiServer(() => ({ answer: "4", usage: "without-images" }));
      const { exitCode, stderr } = await run("--concurrency", "4");
      expect(exitCode).toBe(1);
      expect(stderr).toContain("images-dropped");
      expect(stderr).toContain("--allow-dropped-images");
      // Those asked at the same time as the first, and the one without images.
      expect(server.received.length).toBeLessThanOrEqual(4 + 1);
      expect(await readLines(join(out(), "answers.jsonl"))).toEqual([]);
      expect(JSON.parse(await readFile(join(out(), "settings.json"), "utf8"))).toMatchObject({ images: "dropped" });
    });

    test("are only warned of with --allow-dropped-images", async () => {
      server = await startOpenAiServer(() => ({ answer: "4", usage: "without-images" }));
      const { exitCode, stdout, stderr } = await run("--allow-dropped-images");
      expect(exitCode).toBe(0);
      expect(stderr).toContain("images-dropped");
      expect(stdout).toContain("Images: dropped");
    });

    test("can't be told where the server counts no tokens, and that is said", async () => {
      server = await startOpenAiServer(() => ({ answer: "4", usage: "missing" }));
      const { exitCode, stderr } = await run();
      expect(exitCode).toBe(0);
      expect(stderr).toContain("images-unknown");
      expect(server.received).toHaveLength(30);
    });
  });
});
