import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { asciiBytes } from "../../src/rewards/asciiBytes.ts";
import { countAsciiWords, countWords, guardLanguage } from "../../src/rewards/language.ts";

test("ASCII text is counted the same on both ways", () => {
  const pieces = fc.constantFrom(
    "the",
    "Lamp",
    "3",
    "2.5",
    "1,",
    "v2",
    "it's",
    "zxcv",
    "iii",
    "q",
    "a",
    "think",
    " ",
    ". ",
    "'",
    "-",
    "0bad",
  );
  const text = fc.oneof(
    fc.array(pieces, { maxLength: 20 }).map((parts) => parts.join(" ")),
    fc.array(pieces, { maxLength: 20 }).map((parts) => parts.join("")),
    fc.string({ unit: "binary-ascii" }),
  );
  fc.assert(
    fc.property(text, (written) => {
      const bytes = asciiBytes(written);
      if (bytes === null) return;
      expect(countAsciiWords(bytes, written.length)).toEqual(countWords(written.toLowerCase()));
    }),
    { numRuns: 3000 },
  );
});

test("a question states nothing, what stands beside it does", () => {
  expect(guardLanguage("How many lamps are in this room?")).toBe("reasoning-echo");
  expect(guardLanguage("how many lamps are there")).toBe("reasoning-echo");
  expect(guardLanguage("How many lamps? I see 2.5 m of wall and a lamp.")).toBeNull();
  expect(guardLanguage("The gap is 2.5 m. What is left is the other wall")).toBeNull();
});
