import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { findPhrases } from "../../src/reader/findPhrases.ts";

test("findPhrases takes the longest phrase at each word, once", () => {
  const phrases = [["table"], ["coffee", "table"], ["coffee"]];
  expect(findPhrases(["a", "coffee", "table", "and", "coffee"], phrases)).toEqual([1, 2]);
  expect(findPhrases(["tablecloth"], phrases)).toEqual([]);
  expect([findPhrases([], phrases), findPhrases(["table"], [])]).toEqual([[], []]);
});

test("findPhrases finds phrases between words that are none, in their order", () => {
  const phrases = [["bed"], ["coffee", "table"], ["front", "left"]];
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 2 })), (order) => {
      expect(
        findPhrases(
          order.flatMap((index) => ["the", ...phrases[index]!]),
          phrases,
        ),
      ).toEqual(order);
    }),
  );
});
