import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { tokens } from "../../src/reader/tokens.ts";

function kinds(text: string): string[] {
  return tokens(text).map((token) => `${token.kind} ${token.text}`);
}

describe("tokens", () => {
  test("cuts numerals, words and symbols", () => {
    expect(kinds("About 1,500.5m, it's 2e3%")).toEqual([
      "word about",
      "numeral 1,500.5",
      "word m",
      "symbol ,",
      "word it's",
      "numeral 2e3",
      "symbol %",
    ]);
    expect(kinds(" \n")).toEqual([]);
  });

  test("digits, dashes, fractions and points of other scripts become the plain ones", () => {
    for (const dash of ["\u2010", "\u2013", "\u2212", "\u2796", "\u02d7", "\uff0d", "\u207b"]) {
      expect(kinds(`${dash}3`)).toEqual(["symbol -", "numeral 3"]);
    }
    expect(kinds("٢٫٥ ３ 2·5")).toEqual(["numeral 2.5", "numeral 3", "numeral 2.5"]);
    expect(kinds("2½")).toEqual(["numeral 2", "numeral 1", "symbol /", "numeral 2"]);
    expect(kinds("10²")).toEqual(["numeral 10", "symbol ^", "numeral 2"]);
    expect(kinds("m²")).toEqual(["word m", "numeral 2"]);
  });

  test("of ASCII texts holds every character that is not blank, in its place", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary-ascii" }), (text) => {
        const found = tokens(text);
        for (const { start, end, text: own } of found) expect(own).toBe(text.slice(start, end).toLowerCase());
        expect(found.map((token) => token.text).join("")).toBe(text.replace(/\s/g, "").toLowerCase());
      }),
    );
  });
});
