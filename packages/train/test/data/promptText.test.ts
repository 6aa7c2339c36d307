import { expect, test } from "@jest/globals";
import { promptText } from "../../src/data/promptText.ts";
import { makeQuestion } from "../support/question.ts";

// The strings are written out here from the paper (arXiv 2504.00883v2), not taken from the file that is tested.
const SENTENCES = {
  vanilla: "Please provide the short answer with one or two words or a number.",
  think:
    "Please think step by step and enclose your thinking process in <think> </think> tags and then provide the short answer with one or two words or a number in <answer> </answer>.",
  observe:
    "Please observe carefully and analyze what you see that helps you to solve the question in the video and enclose it in <observe> </observe> tag, and then provide the short answer with one or two words or a number in <answer> </answer>.",
} as const;

test.each(Object.entries(SENTENCES))("%s: opening, question and the paper's sentence", (mode, sentence) => {
  expect(promptText(makeQuestion(), mode as keyof typeof SENTENCES)).toBe(
    `These are frames of a video.\nHow many chair(s) are in this room?\n${sentence}`,
  );
});

test("options stand between question and sentence", () => {
  const options = ["A. left", "B. right"];
  expect(promptText(makeQuestion({ options }), "vanilla").split("\n").slice(2, 5)).toEqual(["Options:", ...options]);
});
