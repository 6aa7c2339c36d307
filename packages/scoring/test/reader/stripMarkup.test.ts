import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { stripMarkup } from "../../src/reader/stripMarkup.ts";

test.each<[string, string]>([
  ["\\text{sink}", "sink"],
  ["$-3$", "-3"],
  ["-{3}", "- 3"],
  ["\\frac{1}{2}", "1/2"],
  ["20\\,\\mathrm{m}^{2}", "20   m ^2"],
  ["&minus;3&nbsp;m", "-3 m"],
  ["-\u200b3\ufeff", "-3"],
  ["50\\%", "50%"],
  ["\\left", "\\left"],
  ["\u200b", ""],
])("stripMarkup of %j", (text, shown) => {
  expect(stripMarkup(text)).toBe(shown);
});

test("stripMarkup leaves plain text as it is", () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(..."aB3 .,-()*\n/'") }), (text) => {
      expect(stripMarkup(text)).toBe(text);
    }),
  );
});
