import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { plainWords } from "../../src/reader/plainWords.ts";

test("plainWords leaves what stands between words, and knows no case", () => {
  expect(plainWords("Front-Left, it's 3 Tische.")).toEqual(["front", "left", "it's", "3", "tische"]);
  expect(plainWords("ＳＩＮＫ Stühle ﬁn")).toEqual(["sink", "stühle", "fin"]);
  expect([plainWords(""), plainWords("... '")]).toEqual([[], []]);
});

test("plainWords reads ASCII as it reads the same text behind a letter of another script", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary-ascii" }), (text) => {
      expect(plainWords(`${text} ü`)).toEqual([...plainWords(text), "ü"]);
    }),
  );
});
