import { cp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import type { Question } from "@vsi/dataset";
import { questionId } from "@vsi/questions";
import { forgedDataset } from "@vsi/testing/forgedDataset";
import { type EditedRecord, editJsonFile, readLines, writeLines } from "@vsi/testing/jsonFiles";

const TRAIN = "data/train.jsonl";
const SCENE = "scenes/scene9000_00.json";

describe("a forged folder is found out, with the checksums written anew", () => {
  const { problemsAfter } = forgedDataset();

  const FOLDERS: readonly [name: string, forge: (copy: string) => Promise<unknown>, codes: string[]][] = [
    [
      "a question twice, counted twice",
      async (copy) => {
        const records = await readLines(copy, TRAIN);
        await writeLines(copy, TRAIN, [...records, records.at(-1)]);
        await editJsonFile(
          copy,
          "manifest.json",
          ({ counts }) => (counts.questions.train[records.at(-1).question_type] += 1),
        );
      },
      ["id-twice"],
    ],
    [
      "a question of a training room moved to validation, counted there",
      async (copy) => {
        const [first, ...others] = await readLines(copy, TRAIN);
        await writeLines(copy, TRAIN, others);
        await writeLines(copy, "data/validation.jsonl", [first]);
        await editJsonFile(copy, "manifest.json", ({ counts }) => {
          counts.questions.train[first.question_type] -= 1;
          counts.questions.validation = { [first.question_type]: 1 };
        });
      },
      ["room-in-two-splits"],
    ],
    [
      "a room of ScanNet's val list under its own ids in train",
      async (copy) => {
        const renamed = (text: string) =>
          text.replaceAll("scene9000_00", "scene0011_00").replaceAll("vsi-synth", "scannet");
        const records = JSON.parse(renamed(JSON.stringify(await readLines(copy, TRAIN)))) as Question[];
        await writeLines(
          copy,
          TRAIN,
          records.map((record) => ({ ...record, id: questionId(record) })),
        );
        await writeFile(join(copy, "scenes/scene0011_00.json"), renamed(await readFile(join(copy, SCENE), "utf8")));
        await rm(join(copy, SCENE));
        await rename(join(copy, "frames/scene9000_00"), join(copy, "frames/scene0011_00"));
        await writeFile(
          join(copy, "scenes/scene9001_00.json"),
          renamed(await readFile(join(copy, "scenes/scene9001_00.json"), "utf8")),
        );
        await writeFile(join(copy, "rejects.jsonl"), renamed(await readFile(join(copy, "rejects.jsonl"), "utf8")));
      },
      ["test-room-in-train"],
    ],
    [
      "a count",
      (copy) => editJsonFile(copy, "manifest.json", ({ counts }) => (counts.questions.train.object_counting += 1)),
      ["count"],
    ],
    [
      "a count of scans",
      (copy) => editJsonFile(copy, "manifest.json", ({ inputs }) => (inputs.scans_read = 3)),
      ["count"],
    ],
    [
      "a split that has no file",
      (copy) => editJsonFile(copy, "manifest.json", ({ counts }) => (counts.questions.test = {})),
      ["count"],
    ],
    [
      "a setting",
      (copy) => editJsonFile(copy, "manifest.json", ({ settings }) => (settings.minVisiblePixels = 2000)),
      ["evidence"],
    ],
    [
      "a setting that means nothing",
      (copy) => editJsonFile(copy, "manifest.json", ({ settings }) => (settings.distance = "far")),
      ["setting"],
    ],
    [
      "rules that mean nothing",
      (copy) => editJsonFile(copy, "manifest.json", ({ settings }) => (settings.rules = "loose")),
      ["setting"],
    ],
    [
      "balancing that is neither on nor off",
      (copy) => editJsonFile(copy, "manifest.json", ({ settings }) => (settings.balance = "some")),
      ["setting"],
    ],
    [
      // The papers' have a largest distance of 5 m, and measure from the camera to boxes.
      "other rules than the questions'",
      (copy) => editJsonFile(copy, "manifest.json", ({ settings }) => (settings.rules = "paper")),
      ["rule", "evidence-value"],
    ],
    [
      "a type that was not asked for",
      (copy) => editJsonFile(copy, "manifest.json", ({ settings }) => settings.types.shift()),
      ["type"],
    ],
    ["no manifest", (copy) => rm(join(copy, "manifest.json")), ["file-missing"]],
    ["a manifest cut short", (copy) => writeFile(join(copy, "manifest.json"), "{"), ["manifest-syntax"]],
    [
      "a line cut short",
      async (copy) => writeFile(join(copy, TRAIN), (await readFile(join(copy, TRAIN), "utf8")).slice(0, -20)),
      ["jsonl-syntax"],
    ],
    [
      "another room area",
      (copy) => editJsonFile(copy, SCENE, ({ room }) => (room.area_m2 += 1)),
      ["answer", "evidence-value"],
    ],
    [
      "an object less in the scene",
      (copy) => editJsonFile(copy, SCENE, ({ objects }) => objects.shift()),
      ["evidence"],
    ],
    [
      "an object twice in the scene",
      (copy) => editJsonFile(copy, SCENE, ({ objects }) => objects.push(objects[0])),
      ["scene-object-twice"],
    ],
    ["facts of another scene", (copy) => cp(join(copy, "scenes/scene9001_00.json"), join(copy, SCENE)), ["scene-name"]],
    [
      "another pose of the camera",
      (copy) =>
        editJsonFile(copy, SCENE, ({ camera }) =>
          camera.frames.forEach((frame: EditedRecord, index: number) => {
            frame.camera_to_world[3] += index;
          }),
        ),
      ["evidence-value"],
    ],
    ["a scene less", (copy) => rm(join(copy, SCENE)), ["file-missing"]],
    ["a frame less", (copy) => rm(join(copy, "frames/scene9000_00/000000.jpg")), ["frame-missing"]],
    [
      "a scene whose name leads out of the folder",
      async (copy) => {
        const [first, ...others] = await readLines(copy, TRAIN);
        const moved = { ...first, scene_name: "../manifest" };
        await writeLines(copy, TRAIN, [{ ...moved, id: questionId(moved) }, ...others]);
      },
      ["scene-unsafe-name"],
    ],
    [
      "another reason of a refusal",
      async (copy) => {
        const [first, ...others] = await readLines(copy, "rejects.jsonl");
        await writeLines(copy, "rejects.jsonl", [{ ...first, code: "no-reason" }, ...others]);
      },
      ["count"],
    ],
    [
      "a refusal of a scan that was not read",
      async (copy) => {
        const [first, ...others] = await readLines(copy, "rejects.jsonl");
        await writeLines(copy, "rejects.jsonl", [{ ...first, scene_name: "scene9009_00" }, ...others]);
      },
      ["reject-scene"],
    ],
  ];

  test.each(FOLDERS)("%s", async (_name, forge, codes) => {
    const found = (await problemsAfter(forge)).map((problem) => problem.code);
    for (const code of codes) expect(found).toContain(code);
  });

  test("frames that the manifest says are left out are not missed", async () => {
    const problems = await problemsAfter(async (copy) => {
      await rm(join(copy, "frames"), { recursive: true });
      await editJsonFile(copy, "manifest.json", ({ settings }) => (settings.pixels = false));
    });
    expect(problems).toEqual([]);
  });

  test("questions in another order than that of their scenes are all checked", async () => {
    const problems = await problemsAfter(async (copy) => {
      const records = await readLines(copy, TRAIN);
      const mixed = records.map((record, index) => ({ record, key: (index * 7919) % records.length }));
      mixed.sort((a, b) => a.key - b.key);
      const [first] = mixed.map(({ record }) => record);
      first.ground_truth = "nothing";
      await writeLines(
        copy,
        TRAIN,
        mixed.map(({ record }) => record),
      );
    });
    expect(problems.map(({ code, line }) => ({ code, line }))).toContainEqual({ code: "answer", line: 1 });
    expect(new Set(problems.map(({ line }) => line))).toEqual(new Set([1]));
  });
});
