import { expect, test } from "@jest/globals";
import { isPublished } from "../../src/card/isPublished.ts";
import { emptySummary } from "../support/question.ts";

test("only published facts make a test split", () => {
  expect(isPublished(emptySummary(["test"]))).toBe(true);
  expect(isPublished(emptySummary())).toBe(false);
});
