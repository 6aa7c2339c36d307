import { expect, test } from "@jest/globals";
import { textWithPlaces } from "../../src/exports/textWithPlaces.ts";
import { makeQuestion } from "../support/question.ts";
import { makeRowsOf } from "../support/rows.ts";

const rows = makeRowsOf(makeQuestion());

test("a place for each image, before the text", () => {
  expect(textWithPlaces(rows.grpo)).toBe(`<image><image>${rows.grpo.prompt[0]!.content}`);
  expect(textWithPlaces({ ...rows.grpo, images: [] })).toBe(rows.grpo.prompt[0]!.content);
});

test("a question that holds the mark of an image's place is refused: images would be counted wrong", () => {
  const { grpo } = makeRowsOf(makeQuestion({ question: "How many <image>(s) are in this room?" }));
  expect(() => textWithPlaces(grpo)).toThrow(/question 0123456789abcdef.*<image>/);
});
