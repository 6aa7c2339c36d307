import { describe, expect, test } from "@jest/globals";
import { findLetters } from "../../src/reader/findLetters.ts";
import { parseOptions } from "../../src/reader/parseOptions.ts";

const OPTIONS = parseOptions(["A. bed", "B. sink", "C. coffee table", "D. table"]);

describe("findLetters", () => {
  test.each<[string, string]>([
    ["A", "A"],
    ["a", "A"],
    ["b", "B"],
    ["E", ""],
    ["AB", ""],
    ["B's", ""],
    ["o'b", ""],
    // Regression: a letter in single quotes was not seen.
    ["'A', B", "AB"],
    ["(a)", "A"],
    ["option a", "A"],
    ["the answer is d", "D"],
    // An article, and what only looks like one.
    ["A sink", ""],
    ["a sink", ""],
    ["A small wooden table", ""],
    ["a lot closer", ""],
    ["A seems closest", "A"],
    ["A because", "A"],
    // Regressions: the second of two letters was not seen.
    ["A B", "AB"],
    ["A maybe B", "AB"],
    ["B or c", "BC"],
    ["b/c", "BC"],
    ["B or a", "BA"],
    ["a. b. c. d.", "ABCD"],
    ["a) or b)", "AB"],
  ])("%j", (text, letters) => {
    expect(findLetters(text, OPTIONS, false).join("")).toBe(letters);
  });

  test("directions have no article", () => {
    const sides = parseOptions(["A. right", "B. left"]);
    expect(findLetters("A left", sides, true)).toEqual(["A"]);
    expect(findLetters("A left", sides, false)).toEqual([]);
    expect(findLetters("to a left", sides, true)).toEqual([]);
  });
});
