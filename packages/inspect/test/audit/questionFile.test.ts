import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { temporaryFolder } from "@vsi/testing/folders";
import { readQuestionFile } from "../../src/audit/questionFile.ts";
import { readQuestionGroups } from "../../src/audit/questions.ts";
import { writeAuditFolder } from "../support/auditFolder.ts";
import { sideGroup } from "../support/auditQuestion.ts";

describe("readQuestionFile", () => {
  const folder = temporaryFolder();
  const path = join(folder, "test.jsonl");

  async function read(...records: object[]) {
    await writeFile(path, records.map((record) => `${JSON.stringify(record)}\n`).join(""));
    return readQuestionFile(path);
  }

  /** As VSI-Bench's test.jsonl has it. */
  const direction = {
    id: 7,
    dataset: "scannetpp",
    scene_name: "0a5c013435",
    question_type: "object_rel_direction_easy",
    question: "If I am standing by the stove and facing the tv, is the sofa to the left or the right of the tv?",
    ground_truth: "B",
    options: ["A. left", "B. right"],
  };
  const distance = {
    ...direction,
    id: 8,
    question_type: "object_abs_distance",
    question:
      "Measuring from the closest point of each object, what is the direct distance between the stove and the tv (in meters)?",
    ground_truth: "2.5",
    options: null,
  };

  test("VSI-Bench's records: the letter becomes its option, the wording is read, other data sets' scenes are rooms", async () => {
    const { name, groups } = await read(direction, distance);
    expect(name).toBe("test.jsonl");
    expect(groups).toMatchObject([
      {
        type: "object_abs_distance",
        kind: "number",
        questions: [{ id: "8", value: 2.5, places: { a: "stove", b: "tv" } }],
      },
      {
        type: "object_rel_direction_easy",
        kind: "choice",
        listing: "options",
        questions: [
          {
            id: "7",
            room: "0a5c013435",
            truth: "right",
            candidates: ["left", "right"],
            places: { positioning: "stove", orienting: "tv", querying: "sofa" },
          },
        ],
      },
    ]);
  });

  test("as tables export them: a scene's digits as a number, no options as an empty list, a number as a number", async () => {
    const { groups } = await read({ ...distance, scene_name: 41069025, options: [], ground_truth: 2.5 });
    expect(groups).toMatchObject([{ questions: [{ room: "41069025", value: 2.5 }] }]);
  });

  test("options that hold the answer in themselves are taken without their letters alone", async () => {
    const options = ["A. lamp, tv, bed", "B. bed, lamp, tv"];
    const order = { ...direction, question_type: "obj_appearance_order", question: "In which order?", options };
    const { groups } = await read(order);
    expect(groups[0]?.questions[0]).toMatchObject({
      truth: "bed, lamp, tv",
      candidates: ["lamp, tv, bed", "bed, lamp, tv"],
    });
  });

  test("our own questions: the same groups as of the folder that they lie in", async () => {
    const dataset = join(folder, "dataset");
    await writeAuditFolder(dataset, { train: sideGroup(4, (_, room) => (room % 2 === 0 ? "left" : "right")) });
    const { groups } = await readQuestionFile(join(dataset, "data", "train.jsonl"));
    expect(groups).toEqual(await readQuestionGroups(dataset, "train", 0, new Map()));
  });

  test("what is no question is named with its line and field", async () => {
    const wrong: [object, string][] = [
      [{ ...direction, question_type: "object_weight" }, "line 2, question_type"],
      [{ ...direction, ground_truth: "C" }, "line 2, ground_truth"],
      [{ ...direction, options: ["left", "right"] }, "line 2, options"],
      [{ ...distance, ground_truth: "far" }, "line 2, ground_truth"],
      [{ ...direction, scene_name: "" }, "line 2, scene_name"],
      [{ schema: "vsi-question/1" }, "line 2"],
    ];
    for (const [record, place] of wrong) await expect(read(direction, record)).rejects.toThrow(`test.jsonl: ${place}`);
    await writeFile(path, "[1]\n");
    await expect(readQuestionFile(path)).rejects.toThrow("line 1");
  });

  test("distances are known from the questions for them, where the answers are objects", async () => {
    const nearest = {
      ...direction,
      id: 9,
      question_type: "object_rel_distance",
      question: "Which of these objects (tv, lamp, bed, door) is the closest to the stove?",
      options: ["A. tv", "B. lamp", "C. bed", "D. door"],
    };
    const { groups } = await read(nearest, distance, { ...distance, id: 10, scene_name: "other", ground_truth: "3" });
    expect(groups.map(({ type, distances }) => [type, distances?.size])).toEqual([
      ["object_abs_distance", undefined],
      ["object_rel_distance", 2],
    ]);
  });
});
