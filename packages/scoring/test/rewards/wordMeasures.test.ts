import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { measureWords } from "../../src/rewards/wordMeasures.ts";

test("counts as sets of strings do", () => {
  const words = fc.array(fc.constantFrom("a", "B", "b", "chair", "Chair", "42", "7", "ü", "sofa2"), { maxLength: 60 });
  fc.assert(
    fc.property(words, fc.constantFrom(" ", ", ", "-", "\u3000"), (list, joint) => {
      const lower = list.map((word) => word.toLowerCase());
      const triples = lower.slice(2).map((word, at) => [lower[at], lower[at + 1], word].join(" "));
      const characters = list.join("").length;
      expect(measureWords(list.join(joint))).toEqual({
        words: list.length,
        distinctWords: new Set(lower).size,
        letterWords: list.filter((word) => /[a-zü]/i.test(word)).length,
        triples: triples.length,
        distinctTriples: new Set(triples).size,
        longestWord: Math.max(0, ...list.map((word) => word.length)),
        wordCharacters: characters,
        characters: characters + Math.max(0, list.length - 1) * joint.length,
      });
    }),
  );
});

test("a long text is measured like a short one, whatever was measured before", () => {
  const long = Array.from({ length: 9000 }, (_, at) => `word${at}`).join(" ");
  const before = measureWords("a chair and a table");
  expect(measureWords(long)).toMatchObject({ words: 9000, distinctWords: 9000, distinctTriples: 8998 });
  expect(measureWords("a chair and a table")).toEqual(before);
});

test("ASCII is measured the same by its bytes and by its characters", () => {
  const pieces = fc.constantFrom("chair", "Sofa2", "42", "2.5", "1,500", ".5", "3.", "it's", " ", ". ", "-", "\0", "~");
  const text = fc.oneof(
    fc.array(pieces, { maxLength: 40 }).map((parts) => parts.join("")),
    fc.string({ unit: "binary-ascii" }),
  );
  fc.assert(
    fc.property(text, (written) => {
      expect(measureWords(written)).toEqual(measureWords(written, null));
    }),
    { numRuns: 2000 },
  );
});
