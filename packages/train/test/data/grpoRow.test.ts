import { expect, test } from "@jest/globals";
import { reward } from "@vsi/scoring";
import { grpoRow } from "../../src/data/grpoRow.ts";
import { promptText } from "../../src/data/promptText.ts";
import { VSI_100K_QUESTIONS } from "../support/question.ts";

test.each(VSI_100K_QUESTIONS)("is a request that the reward worker takes: $question_type", (question) => {
  const { prompt, images, id, ...request } = grpoRow(question, ["/a.jpg"], { mode: "vanilla", accuracy: "mra" });
  expect(prompt).toEqual([{ role: "user", content: promptText(question, "vanilla") }]);
  expect({ images, id }).toEqual({ images: ["/a.jpg"], id: question.id });
  expect(reward({ ...request, completion: question.ground_truth })).toMatchObject({ total: 1, format: null });
});

test("says the mode: the answer without its tags is not paid in think mode", () => {
  const { prompt, ...row } = grpoRow(VSI_100K_QUESTIONS[0]!, [], { mode: "think", accuracy: "paper" });
  expect(prompt[0]!.content).toContain("<think> </think>");
  expect(reward({ ...row, completion: "3" })).toMatchObject({ total: 0 });
});
