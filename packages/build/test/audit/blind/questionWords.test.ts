import { expect, test } from "@jest/globals";
import { questionWords } from "../../../src/audit/blind/questionWords.ts";
import { numberQuestion } from "../../support/auditQuestion.ts";

test("keeps each word once and drops what every question says", () => {
  const questions = ["How long is the Sofa, the sofa?", "How long is the lamp?"].map((text) =>
    numberQuestion({ text, value: 1 }),
  );
  expect(questionWords(questions)).toEqual([["sofa"], ["lamp"]]);
  expect(questionWords([])).toEqual([]);
});
