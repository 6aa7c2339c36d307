import { describe, expect, test } from "@jest/globals";
import { QUESTION_TYPES } from "@vsi/dataset";
import { questionId } from "@vsi/questions";
import { forgedDataset } from "@vsi/testing/forgedDataset";
import { type EditedRecord, readLines, writeLines } from "@vsi/testing/jsonFiles";
import { verifyDataset } from "../../src/verify/verifyDataset.ts";

const TRAIN = "data/train.jsonl";

type Edit = (question: EditedRecord) => void;

/** A change of the first question of a type, and the code that must name it. */
const RECORDS: readonly [name: string, type: string, edit: Edit, code: string][] = [
  ["another count", "object_counting", (question) => (question.ground_truth = "7"), "answer"],
  [
    "a number not rounded as the protocol does",
    "object_abs_distance",
    (question) => (question.ground_truth += "0"),
    "answer",
  ],
  ["another word", "object_rel_direction_easy", swapSides, "answer"],
  ["another turn", "route_planning", (question) => (question.ground_truth = otherOption(question)), "answer"],
  [
    "another order of appearance",
    "obj_appearance_order",
    (question) => (question.ground_truth = otherOption(question)),
    "answer",
  ],
  [
    "objects in another order",
    "object_rel_direction_hard",
    (question) => question.evidence.object_ids.reverse(),
    "text",
  ],
  ["an object less", "object_counting", (question) => question.evidence.object_ids.pop(), "evidence-objects"],
  [
    "an object that is not there",
    "object_size_estimation",
    (question) => (question.evidence.object_ids = [999]),
    "evidence",
  ],
  ["another value", "object_size_estimation", (question) => (question.evidence.value += 1e-6), "evidence-value"],
  ["another margin", "object_rel_distance", (question) => (question.evidence.margin /= 2), "evidence-margin"],
  ["another unit", "room_size_estimation", (question) => (question.evidence.unit = "m"), "evidence-unit"],
  ["other frames to rest on", "camera_displacement", (question) => question.evidence.frames.reverse(), "evidence"],
  [
    "a frame less to rest on",
    "object_size_estimation",
    (question) => question.evidence.frames.pop(),
    "evidence-frames",
  ],
  ["a frame less to show", "object_size_estimation", (question) => question.frames.pop(), "frames"],
  [
    "a stop moved by ten centimetres",
    "route_planning",
    (question) => (question.evidence.route[1][0] += 0.1),
    "evidence-margin",
  ],
  [
    "a route for a question without one",
    "room_size_estimation",
    (question) =>
      (question.evidence.route = [
        [0, 0],
        [1, 1],
        [2, 0],
      ]),
    "evidence-route",
  ],
  [
    "another letter",
    "object_rel_distance",
    (question) => (question.mc_answer = question.mc_answer === "A" ? "B" : "A"),
    "letter",
  ],
  [
    "an option twice",
    "object_rel_direction_hard",
    (question) => (question.options[1] = question.options[0].replace("A", "B")),
    "options",
  ],
  [
    "options in another order",
    "object_rel_distance",
    (question) => relettered(question, (texts) => texts.reverse()),
    "options",
  ],
  [
    "an option that is no answer",
    "camera_movement_direction",
    (question) => relettered(question, ([, ...texts]) => ["away", ...texts]),
    "options",
  ],
  [
    "no options",
    "object_rel_direction_easy",
    (question) => Object.assign(question, { options: null, mc_answer: null }),
    "options",
  ],
  [
    "another text under its own id",
    "room_size_estimation",
    (question) =>
      Object.assign(question, { question: "How large?" }, { id: questionId({ ...question, question: "How large?" }) }),
    "text",
  ],
  ["another id", "room_size_estimation", (question) => (question.id = "0123456789abcdef"), "id"],
  [
    "another protocol under its own id",
    "object_counting",
    (question) =>
      Object.assign(question, { protocol: "vsi-100k" }, { id: questionId({ ...question, protocol: "vsi-100k" }) }),
    "protocol",
  ],
  ["a field too many", "object_counting", (question) => Object.assign(question, { note: "" }), "question-schema"],
];

function otherOption({ options, ground_truth }: EditedRecord): string {
  return options.map((option: string) => option.slice(3)).find((text: string) => text !== ground_truth);
}

/** What a forger would do: the letter and the sign are turned too. */
function swapSides(question: EditedRecord): void {
  question.ground_truth = question.ground_truth === "left" ? "right" : "left";
  question.mc_answer = question.mc_answer === "A" ? "B" : "A";
  question.evidence.value *= -1;
}

function relettered(question: EditedRecord, change: (texts: string[]) => string[]): void {
  const texts = change(question.options.map((option: string) => option.slice(3)));
  question.options = texts.map((text, index) => `${"ABCDEF"[index]}. ${text}`);
  question.mc_answer = "ABCDEF"[texts.indexOf(question.ground_truth)] ?? "A";
}

describe("a forged record is found out, with the checksums written anew", () => {
  const { healthy, problemsAfter } = forgedDataset();

  test("without a forgery nothing is found, and every answer was recomputed", async () => {
    const { problems, questions, recomputed } = await verifyDataset(healthy);
    expect(problems).toEqual([]);
    expect(recomputed).toBe(questions);
    const types = new Set((await readLines(healthy, TRAIN)).map(({ question_type }) => question_type));
    expect(types).toEqual(new Set(QUESTION_TYPES));
  });

  test.each(RECORDS)("%s (%s)", async (_name, type, edit, code) => {
    let line = 0;
    const problems = await problemsAfter(async (copy) => {
      const records = await readLines(copy, TRAIN);
      line = records.findIndex((record) => record.question_type === type) + 1;
      edit(records[line - 1]);
      await writeLines(copy, TRAIN, records);
    });
    const named = problems.filter((problem) => problem.file === TRAIN && problem.line === line);
    expect(named.map((problem) => problem.code)).toContain(code);
    expect(problems.map((problem) => problem.code)).not.toContain("checksum");
  });
});
