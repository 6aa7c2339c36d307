import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { plainWords, stripMarkup, tokens } from "../../src/reader/plainText.ts";

test("plainWords leaves what stands between words, and knows no case", () => {
  expect(plainWords("Front-Left, it's 3 Tische.")).toEqual(["front", "left", "it's", "3", "tische"]);
  expect(plainWords("ＳＩＮＫ Stühle ﬁn")).toEqual(["sink", "stühle", "fin"]);
  expect([plainWords(""), plainWords("... '")]).toEqual([[], []]);
});

test("plainWords reads ASCII as it reads the same text behind a letter of another script", () => {
  const ascii = fc.oneof(
    fc.string({ unit: "binary-ascii" }),
    fc.string({ unit: fc.constantFrom(..."aZ09'' -_"), maxLength: 20 }),
  );
  fc.assert(
    fc.property(ascii, (text) => {
      expect(plainWords(`${text} ü`)).toEqual([...plainWords(text), "ü"]);
    }),
    { numRuns: 2000 },
  );
});

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
