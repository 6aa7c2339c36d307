import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "@jest/globals";
import type { Question, Reject } from "@vsi/dataset";
import { validateQuestion } from "@vsi/dataset/validate";
import { makeRoom, type RoomTruth, trueCount, trueLongestSide } from "@vsi/synth";
import { runVsiBuild } from "@vsi/testing/commands";
import { folderContent, temporaryFolder } from "@vsi/testing/folders";
import { readLines } from "@vsi/testing/jsonFiles";
import { publishedFile } from "../support/publishedForms.ts";

/** Of the videos of ARKitScenes that VSI-Bench tests on. */
const TEST_ROOMS = ["41069025", "41069043", "41069048", "42899712"];
const ROOMS = TEST_ROOMS.length;

describe("vsi-build --meta-info: questions from published scene facts", () => {
  const folder = temporaryFolder();
  const truths = new Map<string, RoomTruth>();
  let file = "";
  const rooms = () => Array.from(truths, ([name, truth]) => ({ name, dataset: "arkitscenes", truth }));

  beforeAll(async () => {
    for (const [index, name] of TEST_ROOMS.entries()) {
      const { truth } = makeRoom({ sceneName: `scene900${index}_00`, seed: index, vertexCount: 20_000 });
      truths.set(name, truth);
    }
    file = join(folder, "meta_info.json");
    await writeFile(file, JSON.stringify(publishedFile("VSI-Bench", rooms())));
  });

  test("all go to data/test.jsonl, never to train, and the answers are the construction's", async () => {
    const out = join(folder, "out");
    const built = await runVsiBuild(["--meta-info", file, "--protocol", "vsi-bench", "--out", out]);
    expect(built).toMatchObject({ exitCode: 0 });
    // Regression: these rows stood at 0 without a word.
    expect(built.stdout).toContain("which need the scans' streams: build from --scannet with --frames N.");
    expect(built.stdout).toContain("No route_planning, which needs the scans' meshes: build from --scannet.");
    expect(await readdir(join(out, "data"))).toEqual(["test.jsonl"]);
    expect(await readFile(join(out, "README.md"), "utf8")).toContain("never for training");
    const questions = await readLines<Question>(join(out, "data", "test.jsonl"));
    let checked = 0;
    for (const question of questions) {
      validateQuestion(question, { file: "test.jsonl" });
      const truth = truths.get(question.scene_name)!;
      const counted = /^How many (.+)\(s\)/.exec(question.question)?.[1];
      const measured = /height\) of the (.+), measured/.exec(question.question)?.[1];
      if (counted !== undefined) expect(question.ground_truth).toBe(String(trueCount(truth, counted)));
      if (measured !== undefined) {
        expect(Math.abs(Number(question.ground_truth) - trueLongestSide(truth, measured))).toBeLessThan(0.5 + 1e-6);
      }
      if (counted ?? measured) checked += 1;
      if (question.options !== null) {
        const letter = question.options.find((option) => option.endsWith(`. ${question.ground_truth}`))?.[0];
        expect(question.mc_answer).toBe(letter);
      }
    }
    expect(checked).toBeGreaterThan(ROOMS * 5);
    expect(new Set(questions.map((question) => question.dataset))).toEqual(new Set(["arkitscenes"]));
  });

  test("the same bytes for one worker and for two", async () => {
    const words = ["--meta-info", file, "--protocol", "vsi-bench", "--distance", "sampled"];
    for (const workers of ["1", "2"]) {
      const built = await runVsiBuild([...words, "--workers", workers, "--out", join(folder, `w${workers}`)]);
      expect(built.exitCode).toBe(0);
    }
    expect(await folderContent(join(folder, "w1"))).toEqual(await folderContent(join(folder, "w2")));
  });

  test("a bad scene is named with its place, recorded, and the others go on", async () => {
    const json = JSON.parse(await readFile(file, "utf8"));
    json["41069025"].room_size = 0;
    json["../escape"] = json["41069043"];
    const bad = join(folder, "bad.json");
    await writeFile(bad, JSON.stringify(json));
    const out = join(folder, "bad");
    const built = await runVsiBuild(["--meta-info", bad, "--protocol", "vsi-bench", "--out", out]);
    expect(built.exitCode).toBe(1);
    expect(built.stderr).toContain("41069025.room_size");
    const rejects = await readLines<Reject>(join(out, "rejects.jsonl"));
    const scenes = rejects.filter((reject) => reject.question_type === null);
    expect(scenes.map((reject) => reject.code).sort()).toEqual(["meta-info-bad-room", "meta-info-unsafe-name"]);
    // No path of this machine gets into the dataset.
    expect(JSON.stringify(scenes)).not.toContain(folder);
    expect((await readdir(join(out, "scenes"))).sort()).toEqual(["41069043.json", "41069048.json", "42899712.json"]);
  });

  test("regression: --split train takes training scenes of ReVSI's and VLM-3R's files, and never a test room", async () => {
    const [first, second, third, fourth] = rooms();
    const training = { ...first!, name: "scene0000_00", dataset: "scannet" };
    const validation = { ...third!, name: "scene0011_00", dataset: "scannet" };
    const inputs = join(folder, "inputs");
    await mkdir(inputs);
    await writeFile(join(inputs, "a.json"), JSON.stringify(publishedFile("VLM-3R", [training, second!])));
    await writeFile(join(inputs, "b.json"), JSON.stringify(publishedFile("ReVSI", [validation, fourth!])));
    const words = ["--meta-info", inputs, "--protocol", "vsi-bench"];
    const out = join(folder, "forms");
    expect(await runVsiBuild([...words, "--out", out])).toMatchObject({ exitCode: 0 });
    const scenesOf = async (split: string) =>
      new Set((await readLines<Question>(join(out, "data", `${split}.jsonl`))).map((question) => question.scene_name));
    expect(await scenesOf("train")).toEqual(new Set(["scene0000_00"]));
    expect(await scenesOf("validation")).toEqual(new Set(["scene0011_00"]));
    expect(await scenesOf("test")).toEqual(new Set([second!.name, fourth!.name]));
    expect(await readFile(join(out, "README.md"), "utf8")).toContain(
      "`data/test.jsonl` is about VSI-Bench's own test rooms",
    );
    expect(await runVsiBuild(["verify", out])).toMatchObject({ exitCode: 0 });
    // Shards agree with one build, bytes and all.
    const parts = join(folder, "parts");
    for (const shard of ["0/2", "1/2"]) {
      expect(await runVsiBuild([...words, "--shard", shard, "--out", parts])).toMatchObject({ exitCode: 0 });
    }
    expect(await runVsiBuild(["merge", "--out", parts])).toMatchObject({ exitCode: 0 });
    expect(await folderContent(parts)).toEqual(await folderContent(out));
    const train = join(folder, "train");
    expect(await runVsiBuild([...words, "--split", "train", "--out", train])).toMatchObject({ exitCode: 0 });
    expect(await readdir(join(train, "scenes"))).toEqual(["scene0000_00.json"]);
    const refused = await runVsiBuild(["--meta-info", file, "--split", "train", "--out", join(folder, "never")]);
    expect(refused.exitCode).toBe(2);
    expect(refused.stderr).toContain("never training data");
  });

  test.each([
    ["a file that is not there", ["--meta-info", "nowhere.json"], "got no such file, expected published scene facts"],
    ["both sources", ["--meta-info", "x.json", "--scannet", "raw"], "give only one"],
    ["--any-name without scans", ["--meta-info", "x.json", "--any-name"], "means nothing without --scannet"],
    [
      "a type the protocol does not have",
      ["--meta-info", "x.json", "--types", "object_rel_direction_hard"],
      "vsi-100k has no",
    ],
  ])("refuses %s", async (_, words, text) => {
    const built = await runVsiBuild(words);
    expect(built.exitCode).toBe(2);
    expect(built.stderr).toContain(text);
    expect(built.stderr).not.toContain("    at ");
  });

  test.each([
    ["text that is not JSON", "{"],
    ["JSON of something else", '{"a": 1}'],
    ["a list", "[]"],
  ])("refuses %s", async (_, text) => {
    const path = join(folder, "other.json");
    await writeFile(path, text);
    const built = await runVsiBuild(["--meta-info", path, "--out", join(folder, "never")]);
    expect(built.exitCode).toBe(2);
    expect(built.stderr).toContain("other.json");
    expect(await readdir(folder)).not.toContain("never");
  });
});
