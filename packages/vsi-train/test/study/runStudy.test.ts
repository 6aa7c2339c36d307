import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "@jest/globals";
import { runVsiTrain } from "@vsi/testing/commands";
import { temporaryFolder } from "@vsi/testing/folders";
import { FAKE_CELLS, type FakeStudy, makeFakeStudy } from "../support/fakeStudy.ts";

const root = temporaryFolder();

describe("vsi-train study, before anything is run", () => {
  let study: FakeStudy;
  const run = (extra: readonly string[] = [], replaced: Readonly<Record<string, string>> = {}) => {
    const words = study.words.map((word, index) => replaced[study.words[index - 1] ?? ""] ?? word);
    return runVsiTrain(["study", ...words, ...extra], study.env);
  };
  beforeAll(async () => {
    study = await makeFakeStudy(join(root, "study"));
  });

  test("--dry-run shows each run, what it starts from, its steps and its hours, and writes nothing", async () => {
    const measured = join(root, "measured.json");
    await writeFile(measured, JSON.stringify({ preset: "tiny", method: "sft", seconds: { step: 3600 } }));
    const { exitCode, stdout } = await run(["--dry-run", "--json", "--measured", measured, "--only", "grpo,base"]);
    expect(exitCode).toBe(0);
    const { runs } = JSON.parse(stdout);
    expect(runs).toMatchObject([
      { cell: "base", seed: 0, state: "missing", evaluated: true, training: null },
      { cell: "sft", seed: 0, state: "missing", evaluated: false, training: { steps: 6, hours: 6 } },
      { cell: "grpo", seed: 0, from: "sft", evaluated: true, training: { steps: 6 } },
    ]);
    const { stdout: text } = await run(["--dry-run"]);
    expect(text).toContain("Hours are unknown: measure a step where you will train");
    expect(text).toMatch(
      /\n {2}vsi-train measure --preset tiny --method grpo --batch 8 --accumulation \d+ --frames \d+ --max-pixels \d+ --json > measured-\d.json\n/,
    );
    expect(text).toContain("5 models to serve and ask: 30 questions in all, about 3 scans, with up to 1 frame each");
    const { stdout: partly } = await run(["--dry-run", "--measured", measured]);
    expect(partly).toContain("About 16 hours for 3 of 4 trainings, by what was measured.");
    const { stdout: untrained } = await run(["--dry-run", "--only", "base"]);
    expect(untrained).toContain("Nothing is left to train.");
    await expect(rm(study.out, { recursive: true })).rejects.toThrow("ENOENT");
    expect(await study.log()).toEqual([]);
  });

  test("a flag that vsi-eval does not know is refused by its own words, with the cell's line", async () => {
    await writeFile(study.file, FAKE_CELLS.replace("concurrency: 1", "concurency: 1"));
    const { exitCode, stderr } = await run();
    expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: expect.stringContaining("Unknown flag --concurency") });
    expect(stderr).toMatch(/study\.yaml, line 8: cell base: .*Did you mean --concurrency\?/s);
    await writeFile(study.file, FAKE_CELLS);
    expect(await study.log()).toEqual([]);
  });

  test("what no training can be made of is refused before the first one, with the cell's line", async () => {
    await writeFile(study.file, FAKE_CELLS.replace("sft: {steps: 6}", "sft: {steps: 6, split: validation}"));
    for (const extra of [["--dry-run"], []]) {
      const { exitCode, stderr } = await run(extra);
      expect({ exitCode, stderr }).toEqual({
        exitCode: 2,
        stderr: expect.stringMatching(/study\.yaml, line 9: cell sft: .*got questions of train only/),
      });
    }
    await writeFile(study.file, FAKE_CELLS);
    expect(await study.log()).toEqual([]);
  });

  // It was named by the line of whatever cell came first, and vsi-eval's --data is --benchmark here.
  test.each([
    ["--data", "nowhere", "--data: nowhere: got nothing, expected a dataset folder"],
    ["--model", "nowhere", "--model: got nowhere, expected an existing folder"],
    ["--benchmark", "nowhere", "--benchmark: nowhere: got nothing, expected a file or a dataset folder"],
    ["--frames-dir", "nowhere", "--frames-dir nowhere: got nothing at this path"],
  ])("a value of %s that does not fit is named by its flag, not by a cell", async (flag, value, words) => {
    const isTyped = study.words.includes(flag);
    const { exitCode, stderr } = await run(isTyped ? [] : [flag, value], isTyped ? { [flag]: value } : {});
    expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: expect.stringContaining(`vsi-train: ${words}`) });
  });

  test("another study's folder is left alone", async () => {
    const out = join(root, "others");
    await mkdir(out);
    await writeFile(join(out, "study.json"), JSON.stringify({ schema: "vsi-study/1", study: "mine" }));
    await writeFile(join(out, "table.md"), "# mine\n");
    const { exitCode, stderr } = await run(["--dry-run"], { "--out": out });
    expect({ exitCode, stderr }).toEqual({
      exitCode: 2,
      stderr: expect.stringContaining('holds the study "mine", got "fake"'),
    });
  });

  test("a folder of something else is left alone", async () => {
    const { exitCode, stderr } = await run([], { "--out": root });
    expect({ exitCode, stderr }).toEqual({
      exitCode: 2,
      stderr: expect.stringContaining("holds no study of vsi-train"),
    });
  });

  test("a model that is not there is said before the data is read", async () => {
    const { exitCode, stderr } = await run([], { "--model": join(root, "nowhere") });
    expect({ exitCode, stderr }).toEqual({
      exitCode: 2,
      stderr: expect.stringContaining("expected an existing folder"),
    });
  });
});
