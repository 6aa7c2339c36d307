import { expect, test } from "@jest/globals";
import { vsiBenchRecord } from "../../src/export/vsiBenchRecord.ts";
import { question } from "../support/question.ts";

test("VSI-Bench's seven fields in its order, the letter for the answer", () => {
  const choice = question({ ground_truth: "sink", options: ["A. bed", "B. sink"], mc_answer: "B" });
  const { id, dataset, scene_name, question_type, question: text, options } = choice;
  const record = vsiBenchRecord(choice);
  expect(record).toEqual({ id, dataset, scene_name, question_type, question: text, ground_truth: "B", options });
  expect(Object.keys(record)).toEqual("id dataset scene_name question_type question ground_truth options".split(" "));
});

test("without options the word or the number stays", () => {
  expect(vsiBenchRecord(question({ ground_truth: "left" }))).toMatchObject({ ground_truth: "left", options: null });
});
