import { stat } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import type { Question } from "@vsi/dataset";
import { temporaryFolder } from "@vsi/testing/folders";
import { question, writeQuestions } from "@vsi/testing/question";
import fc from "fast-check";
import { questionsOf, summarizeQuestions } from "../src/summary.ts";

const record = fc
  .record({
    id: fc.stringMatching(/^[0-9a-f]{16}$/),
    scene_name: fc.constantFrom("scene0000_00", "scene0000_01", "scene0001_00", "scene9000_00"),
    question_type: fc.constantFrom("object_counting" as const, "object_rel_distance" as const),
    ground_truth: fc.constantFrom("1", "2", "bed"),
    mc_answer: fc.constantFrom(null, "A", "B"),
  })
  .map((fields) => question({ ...fields, dataset: fields.scene_name === "scene9000_00" ? "vsi-synth" : "scannet" }));

describe("summarizeQuestions", () => {
  const folder = temporaryFolder();

  test("counts rooms as a table of rooms says", async () => {
    const asked = (scene_name: string) => question({ scene_name, dataset: "own" });
    const home = await writeQuestions(join(folder, "stated"), {
      train: ["office_1", "office_2", "hall"].map(asked),
      validation: ["attic"].map(asked),
    });
    const stated = new Map(["office_1", "office_2", "attic"].map((scene) => [scene, { physical_room: "office" }]));
    const summary = await summarizeQuestions(home, ["train", "validation"], stated);
    expect(summary.splits.map(({ scenes, rooms }) => [scenes, rooms])).toEqual([
      [3, 2],
      [1, 1],
    ]);
    expect(summary.sharedRooms).toBe(1);
  });

  test("counts what counting the whole list counts", async () => {
    let made = 0;
    const property = async (train: Question[], validation: Question[]) => {
      const home = await writeQuestions(join(folder, String(made++)), { train, validation });
      const summary = await summarizeQuestions(home, ["train", "validation"], new Map());
      const all = [...train, ...validation];
      const distinct = (values: string[]) => new Set(values).size;
      const roomsOf = (some: Question[]) => new Set(some.map(({ scene_name }) => scene_name.slice(0, 9)));
      for (const [place, some] of [train, validation].entries()) {
        const path = join(home, "data", `${place === 0 ? "train" : "validation"}.jsonl`);
        expect(summary.splits[place]).toEqual({
          split: place === 0 ? "train" : "validation",
          questions: some.length,
          bytes: (await stat(path)).size,
          scenes: distinct(some.map(({ scene_name }) => scene_name)),
          rooms: roomsOf(some).size,
        });
      }
      expect(summary.sharedRooms).toBe([...roomsOf(train)].filter((room) => roomsOf(validation).has(room)).length);
      for (const dataset of ["scannet", "vsi-synth"]) {
        const scenes = all.filter((one) => one.dataset === dataset).map(({ scene_name }) => scene_name);
        expect(summary.scenesByDataset.get(dataset) ?? 0).toBe(distinct(scenes));
      }
      for (const ofType of summary.types) {
        const some = all.filter(({ question_type }) => question_type === ofType.type);
        expect(questionsOf(ofType)).toBe(some.length);
        expect(ofType.questions.train ?? 0).toBe(train.filter((one) => some.includes(one)).length);
        for (const [answer, count] of ofType.answers) {
          expect(count).toBe(some.filter(({ ground_truth }) => ground_truth === answer).length);
        }
        expect([...ofType.letters.values()].reduce((a, b) => a + b, 0)).toBe(
          some.filter((one) => one.mc_answer).length,
        );
        const ids = some.map(({ id }) => id).sort();
        expect(ofType.examples.map(({ id }) => id)).toEqual(ids.slice(0, 3));
      }
      expect(summary.types.reduce((sum, ofType) => sum + questionsOf(ofType), 0)).toBe(all.length);
    };
    await fc.assert(fc.asyncProperty(fc.array(record), fc.array(record), property), { numRuns: 40 });
  });
});
