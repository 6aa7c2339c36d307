import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { temporaryFolder } from "@vsi/testing/folders";
import { readBenchmark } from "../src/benchmark.ts";
import { scanOf } from "../src/evalQuestion.ts";
import { datasetQuestion, jsonLines, vsiBenchRecords } from "./support/benchmarkRecords.ts";
import { evalQuestion } from "./support/evalQuestions.ts";

const folder = temporaryFolder();
let files = 0;

async function fileOf(text: string): Promise<string> {
  files += 1;
  const path = join(folder, `${files}.jsonl`);
  await writeFile(path, text);
  return path;
}

const choice = { ...vsiBenchRecords(1).find(({ options }) => options !== null)!, ground_truth: "B" };
const number = vsiBenchRecords(1).find(({ options }) => options === null)!;

describe("VSI-Bench's own form", () => {
  test("the letter is turned round into its text, and ids become texts", async () => {
    const [read] = await readBenchmark(await fileOf(jsonLines([{ ...choice, id: 17, unknown_field: 1 }])));
    expect(read).toEqual({
      id: "17",
      dataset: "scannet",
      scene_name: "scene0000_00",
      question_type: choice.question_type,
      question: choice.question,
      ground_truth: "right",
      options: ["A. left", "B. right"],
      mc_answer: "B",
      frames: [],
    });
  });

  test("a number stays the text it was, and a number in JSON becomes one", async () => {
    const path = await fileOf(
      jsonLines([
        { ...number, ground_truth: "2.50" },
        { ...number, id: "b", ground_truth: 3 },
      ]),
    );
    expect((await readBenchmark(path)).map(({ ground_truth }) => ground_truth)).toEqual(["2.50", "3"]);
  });

  test("as exports through tables write it: digits of a scene as a number, no options as an empty list", async () => {
    const path = await fileOf(jsonLines([{ ...number, scene_name: 41069025, options: [] }]));
    expect(await readBenchmark(path)).toMatchObject([{ scene_name: "41069025", options: null, mc_answer: null }]);
  });

  const wrong: [name: string, record: object, place: string, code: string][] = [
    ["a type that is no name", { ...number, question_type: 3 }, "question_type", "question-field"],
    ["a type of two lines", { ...number, question_type: "a\nb" }, "question_type", "question-field"],
    ["no id", { ...number, id: undefined }, "id", "question-field"],
    ["an empty scene", { ...number, scene_name: "" }, "scene_name", "question-field"],
    ["no truth", { ...number, ground_truth: null }, "ground_truth", "question-field"],
    ["a truth of 0", { ...number, ground_truth: "0.0" }, "ground_truth", "question-truth"],
    ["a truth below 0", { ...number, ground_truth: "-2" }, "ground_truth", "question-truth"],
    ["a truth that is no number", { ...number, ground_truth: "three" }, "ground_truth", "question-truth"],
    ["a truth of no finite size", { ...number, ground_truth: "inf" }, "ground_truth", "question-truth"],
    ["options for a number", { ...number, options: choice.options }, "options", "question-field"],
    ["a letter that is no option", { ...choice, ground_truth: "C" }, "ground_truth", "question-field"],
    ["the word for the letter", { ...choice, ground_truth: "right" }, "ground_truth", "question-field"],
    ["options without letters", { ...choice, options: ["left", "right"] }, "options", "question-options"],
    ["letters out of order", { ...choice, options: ["B. left", "A. right"] }, "options", "question-options"],
    ["no option for a choice", { ...choice, options: [] }, "options", "question-options"],
    ["one option", { ...choice, options: ["A. left"] }, "options", "question-options"],
    ["options of another kind", { ...choice, options: "A. left" }, "options", "question-options"],
  ];
  test.each(wrong)("refuses %s, naming line and field", async (_, record, place, code) => {
    const path = await fileOf(`\n${jsonLines([{ ...number, id: "good" }, record])}`);
    await expect(readBenchmark(path)).rejects.toMatchObject({
      name: "EvaluationError",
      code,
      detail: { file: path, place: expect.stringContaining(`line 3, ${place}`), advice: expect.stringMatching(/\w/) },
    });
  });

  // A real file may offer a text twice; the letter tells which is meant.
  test("takes two options alike", async () => {
    const path = await fileOf(jsonLines([{ ...choice, options: ["A. left", "B. left"] }]));
    expect(await readBenchmark(path)).toMatchObject([
      { options: ["A. left", "B. left"], mc_answer: choice.ground_truth },
    ]);
  });
});

describe("this project's own form", () => {
  test("keeps the word, the letter and the frames", async () => {
    const [read] = await readBenchmark(await fileOf(jsonLines([datasetQuestion()])));
    expect(read).toMatchObject({ ground_truth: "right", mc_answer: "B", frames: ["frames/scene9000_00/0.jpg"] });
    expect(Object.keys(read!)).not.toContain("evidence");
  });

  test("an open choice has neither options nor letter; what a camera did is read too", async () => {
    const open = datasetQuestion({ options: null, mc_answer: null });
    const camera = datasetQuestion({ id: "f".repeat(16), question_type: "camera_displacement", ground_truth: "1.5" });
    const read = await readBenchmark(await fileOf(jsonLines([open, { ...camera, options: null, mc_answer: null }])));
    expect(read.map(({ options, mc_answer, ground_truth }) => [options, mc_answer, ground_truth])).toEqual([
      [null, null, "right"],
      [null, null, "1.5"],
    ]);
  });

  test("refuses a letter that is not the truth's", async () => {
    const path = await fileOf(jsonLines([datasetQuestion({ mc_answer: "A" })]));
    await expect(readBenchmark(path)).rejects.toThrow(
      /line 1, mc_answer: got .* expected the letter of the option "right"/,
    );
  });

  test("refuses what the schema refuses, with the line", async () => {
    const path = await fileOf(jsonLines([datasetQuestion(), { ...datasetQuestion(), id: "short" }]));
    await expect(readBenchmark(path)).rejects.toMatchObject({
      name: "EvaluationError",
      code: "question-schema",
      message: expect.stringContaining("line 2"),
    });
  });
});

describe("the file", () => {
  test("an id that comes twice is refused with both lines, also as number and text", async () => {
    const path = await fileOf(
      jsonLines([
        { ...number, id: 5 },
        { ...choice, id: "5" },
      ]),
    );
    await expect(readBenchmark(path)).rejects.toThrow(/line 2, id: got 5, as on line 1/);
  });

  test.each([
    ["an empty file", "", "benchmark-empty"],
    ["blank lines", "\n\n", "benchmark-empty"],
    ["a list", "[1]\n", "record-not-an-object"],
    ["half a line", '{"id": 1', "jsonl-syntax"],
  ])("%s is refused", async (_, text, code) => {
    await expect(readBenchmark(await fileOf(text))).rejects.toMatchObject({ name: "EvaluationError", code });
  });
});

test("two datasets' scenes of one name are two scans", () => {
  const names = ["scannet", "scannetpp"].map((dataset) =>
    scanOf({ ...evalQuestion("1"), dataset, scene_name: "scene0000_00" }),
  );
  expect(names).toEqual(["scannet/scene0000_00", "scannetpp/scene0000_00"]);
});
