import { expect, test } from "@jest/globals";
import { fillPlaces } from "../../../src/verify/recompute/fillPlaces.ts";

test.each([
  ["How many {category}(s)?", { category: "chair" }, "How many chair(s)?"],
  ["{a} and {b}", { a: "{b}", b: "$& {a}" }, "{b} and $& {a}"],
  ["{a} and {missing}", { a: "x" }, "x and {missing}"],
  ["nothing", {}, "nothing"],
])("%p with %j", (template, words, text) => {
  expect(fillPlaces(template, words)).toBe(text);
});
