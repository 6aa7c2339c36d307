import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { fillPlaces, roundedText } from "../../../src/verify/recompute/recomputed.ts";

test.each([
  ["How many {category}(s)?", { category: "chair" }, "How many chair(s)?"],
  ["{a} and {b}", { a: "{b}", b: "$& {a}" }, "{b} and $& {a}"],
  ["{a} and {missing}", { a: "x" }, "x and {missing}"],
  ["nothing", {}, "nothing"],
])("%p with %j", (template, words, text) => {
  expect(fillPlaces(template, words)).toBe(text);
});

test.each([
  [0.25, 1, "0.3"],
  [2.675 * 100, 0, "268"],
  [1.005 * 100, 0, "101"],
  [6, 1, "6.0"],
  [0, 0, "0"],
  [1234.04, 1, "1234.0"],
] as const)("%p with %p decimals is %p", (value, decimals, text) => {
  expect(roundedText(value, decimals)).toBe(text);
});

test("is the nearest number of its form, the upper of two (by whole numbers: hundredths that end in 5)", () => {
  fc.assert(
    fc.property(fc.nat({ max: 1_000_000 }), (hundredths) => {
      const tenths = Math.floor((hundredths + 5) / 10);
      expect(roundedText(hundredths / 100, 1)).toBe(`${Math.floor(tenths / 10)}.${tenths % 10}`);
    }),
  );
});
