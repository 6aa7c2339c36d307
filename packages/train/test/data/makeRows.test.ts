import { describe, expect, test } from "@jest/globals";
import { DatasetError, type Question } from "@vsi/dataset";
import { makeRows, type RowSettings } from "../../src/data/makeRows.ts";
import { makeQuestion, VSI_100K_QUESTIONS } from "../support/question.ts";

const entryOf = (question: Question, index: number) => ({
  question,
  file: "train.jsonl",
  line: index + 1,
  images: ["/a.jpg"],
});
const GRPO: RowSettings = { method: "grpo", mode: "vanilla", accuracy: "paper", seed: 0 };

function refusal(question: Question, settings: RowSettings): DatasetError {
  try {
    makeRows([makeQuestion(), question].map(entryOf), settings);
  } catch (error) {
    if (error instanceof DatasetError) return error;
    throw error;
  }
  throw new Error("nothing was refused");
}

test.each(["grpo", "sft", "dpo"] as const)("%s: a row for each question, in order", (method) => {
  const rows = makeRows(VSI_100K_QUESTIONS.map(entryOf), { ...GRPO, method });
  expect(rows.map(({ id }) => id)).toEqual(VSI_100K_QUESTIONS.map(({ id }) => id));
});

describe("a question that a method can't use stops it, with the line", () => {
  test("GRPO: a number question whose truth is no number", () => {
    expect(refusal(makeQuestion({ ground_truth: "three" }), GRPO)).toMatchObject({
      code: "question-without-reward",
      detail: { file: "train.jsonl", place: "line 2, object_counting" },
    });
  });

  test("GRPO: a type that has no reward", () => {
    const question = makeQuestion({ question_type: "camera_displacement", ground_truth: "1.2" });
    expect(refusal(question, GRPO).message).toMatch(/line 2, camera_displacement.*--types/);
  });

  test("SFT in think mode: evidence that measures nothing", () => {
    const question = makeQuestion({ question_type: "obj_appearance_order", ground_truth: "bed, sink" });
    expect(refusal(question, { ...GRPO, method: "sft", mode: "think" }).message).toMatch(/--mode vanilla/);
  });

  test("DPO: no other answer", () => {
    const question = makeQuestion({ question_type: "route_planning", ground_truth: "turn left" });
    expect(refusal(question, { ...GRPO, method: "dpo" })).toMatchObject({ code: "question-without-pair" });
  });
});
