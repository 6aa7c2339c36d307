import { describe, expect, test } from "@jest/globals";
import { parseOptions } from "../../src/reader/parseOptions.ts";

describe("parseOptions", () => {
  test("reads the letters, or gives them in order", () => {
    expect(parseOptions(["B. Coffee-Table", "(A) left", "D: x", "C) y"])).toEqual([
      { letter: "B", words: ["coffee", "table"] },
      { letter: "A", words: ["left"] },
      { letter: "D", words: ["x"] },
      { letter: "C", words: ["y"] },
    ]);
    expect(parseOptions(["sink", "bed"]).map(({ letter }) => letter)).toEqual(["A", "B"]);
    // Not all lettered: the letter belongs to the text.
    expect(parseOptions(["A. sink", "bed"])[0]).toEqual({ letter: "A", words: ["a", "sink"] });
    expect(parseOptions([])).toEqual([]);
  });

  test("refuses options that share a letter, have no text, or outnumber the letters", () => {
    const unfit = [["A. bed", "A. sink"], ["A. bed", "B. -"], Array.from({ length: 27 }, (_, at) => `object ${at}`)];
    for (const options of unfit) {
      expect(() => parseOptions(options)).toThrow(expect.objectContaining({ code: "options-unfit" }));
    }
  });
});
