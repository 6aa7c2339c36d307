import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "@jest/globals";
import { QUESTION_TYPES, type Question } from "@vsi/dataset";
import { runVsiBuild } from "@vsi/testing/commands";
import { temporaryFolder } from "@vsi/testing/folders";

describe("vsi-build samples --frames 100", () => {
  const folder = temporaryFolder();

  test("three rooms ask every type of vsi-bench", async () => {
    const [raw, out] = [join(folder, "raw"), join(folder, "out")];
    const samples = await runVsiBuild(["samples", raw, "--rooms", "3", "--first-room", "9003", "--frames", "100"]);
    expect(samples).toMatchObject({ exitCode: 0 });
    const built = await runVsiBuild(["--scannet", raw, "--out", out, "--protocol", "vsi-bench", "--frames", "32"]);
    expect(built).toMatchObject({ exitCode: 0 });
    const { counts } = JSON.parse(await readFile(join(out, "manifest.json"), "utf8"));
    const asked = new Set([...Object.keys(counts.questions.train), ...Object.keys(counts.questions.validation)]);
    expect(asked).toEqual(new Set(QUESTION_TYPES));
  });
});

describe("vsi-build samples --style plain", () => {
  const folder = temporaryFolder();
  let questions: Question[] = [];

  beforeAll(async () => {
    const [raw, out] = [join(folder, "raw"), join(folder, "out")];
    const plain = ["--style", "plain", "--vertices", "3000", "--frames", "2"];
    const samples = await runVsiBuild(["samples", raw, ...plain, "--rooms", "36", "--first-room", "9960"]);
    expect(samples).toMatchObject({ exitCode: 0, stdout: expect.stringContaining("scene9960_00 to scene9995_00") });
    const sampling = ["--frames", "2", "--frame-size", "56x56", "--types", "object_counting", "--quiet"];
    // As the demo of training builds them: the rooms are balanced, and balancing would only drop some.
    const built = await runVsiBuild(["--scannet", raw, "--out", out, ...sampling, "--no-balance"]);
    expect(built).toMatchObject({ exitCode: 0, stderr: "" });
    const lines = ["train", "validation"].map((split) => readFile(join(out, "data", `${split}.jsonl`), "utf8"));
    questions = (await Promise.all(lines))
      .flatMap((text) => text.split("\n").filter((line) => line !== ""))
      .map((line) => JSON.parse(line));
  });

  test("one question a room, and each wording has each answer equally often: the words alone tell nothing", () => {
    expect(new Set(questions.map(({ scene_name }) => scene_name)).size).toBe(36);
    const cells = new Map<string, number>();
    for (const { question, ground_truth } of questions) {
      const cell = `${question} ${ground_truth}`;
      cells.set(cell, (cells.get(cell) ?? 0) + 1);
    }
    expect([...cells.values()]).toEqual(Array.from({ length: 18 }, () => 2));
    expect(new Set(questions.map(({ question }) => question)).size).toBe(3);
  });

  test("answers are those of the rooms' truth, and every frame shows all that is counted", async () => {
    for (const { scene_name, question, ground_truth, frames, evidence } of questions) {
      const truth = JSON.parse(await readFile(join(folder, "raw", "truth", `${scene_name}.json`), "utf8"));
      const [, label = ""] = /^How many (.+)\(s\)/.exec(question) ?? [];
      expect(ground_truth).toBe(String(truth.counts[label]));
      expect(evidence.frames).toEqual(frames);
      expect(frames).toHaveLength(2);
    }
  });

  test("a first room that is one of ScanNet's own is refused", async () => {
    const { exitCode, stderr } = await runVsiBuild(["samples", join(folder, "other"), "--first-room", "806"]);
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining("--first-room")]);
  });
});

describe("vsi-build samples over rooms of an earlier call", () => {
  const folder = temporaryFolder();

  const raw = join(folder, "raw");
  const samples = (...words: string[]) => runVsiBuild(["samples", raw, "--vertices", "7000", ...words]);

  test("regression: rooms that differ were replaced without a word, frames and all", async () => {
    expect(await samples("--rooms", "2", "--frames", "2")).toMatchObject({ exitCode: 0 });
    const before = await readFile(join(raw, "SHA256SUMS"), "utf8");
    for (const words of [["--seed", "7"], [], ["--frames", "3"]]) {
      const { exitCode, stderr } = await samples("--rooms", "2", ...words);
      expect(exitCode).toBe(2);
      expect(stderr).toContain(`samples ${raw}: holds another scene9000_00, with frames, made with other settings.`);
      expect(stderr).toContain("Add --overwrite");
    }
    expect(await readFile(join(raw, "SHA256SUMS"), "utf8")).toBe(before);
    expect((await readdir(raw)).filter((name) => name.startsWith("."))).toEqual([]);
  });

  test("the same call again, and rooms of other numbers beside it, need no flag", async () => {
    expect(await samples("--rooms", "2", "--frames", "2")).toMatchObject({ exitCode: 0 });
    expect(await samples("--rooms", "1", "--first-room", "9005")).toMatchObject({ exitCode: 0 });
    expect(await readdir(join(raw, "scans"))).toEqual(["scene9000_00", "scene9001_00", "scene9005_00"]);
  });

  test("a room is replaced whole: no stream of the earlier call stays beside the new mesh; other rooms stay", async () => {
    expect(await samples("--rooms", "1", "--seed", "7", "--overwrite")).toMatchObject({ exitCode: 0 });
    const [first, second] = await Promise.all(
      ["scene9000_00", "scene9001_00"].map((id) => readdir(join(raw, "scans", id))),
    );
    expect(first).toHaveLength(4);
    expect(first).not.toContain("scene9000_00.sens");
    expect(second).toContain("scene9001_00.sens");
    const sums = await readFile(join(raw, "SHA256SUMS"), "utf8");
    expect(sums).not.toContain("scene9000_00.sens");
    expect(sums).toContain("scene9001_00.sens");
  });

  test("more frames than anybody films are refused before a folder is made", async () => {
    const { exitCode, stderr } = await runVsiBuild(["samples", join(folder, "never"), "--frames", "999999999"]);
    expect([exitCode, stderr]).toEqual([
      2,
      expect.stringContaining("--frames: got 999999999, expected a whole number"),
    ]);
    expect(await readdir(folder)).not.toContain("never");
  });
});

describe("vsi-build samples --rooms 1000 --vertices 3000", () => {
  const folder = temporaryFolder();

  test("is refused in the words of the command line before a folder is made (it was made and left)", async () => {
    const wrong = ["samples", join(folder, "raw"), "--rooms", "1000", "--vertices", "3000"];
    const { exitCode, stderr } = await runVsiBuild(wrong);
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/^vsi-build: --vertices: got 3000, expected \d+ to \d+ for all 1000 rooms\./);
    expect(await readdir(folder)).toEqual([]);
  });
});
