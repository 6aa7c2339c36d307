import { describe, expect, test } from "@jest/globals";
import { QUESTION_TYPES, questionTypeRow } from "@vsi/dataset";
import fc from "fast-check";
import { findLetters, findPhrases, parseOptions, readOption } from "../../src/reader/options.ts";
import { readAnswer } from "../../src/reader/readAnswer.ts";
import { answerAccuracy } from "../../src/rewards/accuracy.ts";

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

const OBJECTS = ["A. bed", "B. sink", "C. coffee table", "D. table"];
const SIDES = ["A. right", "B. left"];

describe("readOption", () => {
  test.each<[string, string | null]>([
    ["A", "A"],
    ["a", "A"],
    ["A.", "A"],
    ["(A)", "A"],
    ["(a)", "A"],
    ["A. bed", "A"],
    ["A sink", "B"],
    ["a sink", "B"],
    ["B sink", "B"],
    ["coffee table", "C"],
    ["the table", "D"],
    ["option b", "B"],
    ["**B**", "B"],
    ["I think B", "B"],
    ["A or B", null],
    ["A, B, C, D", null],
    ["bed, sink", null],
    ["A. sink", null],
    ["E", null],
    ["", null],
    ["not bed", null],
    ["tablecloth", null],
    // Regressions: each was read as the one letter, or text, that the truth might be.
    ["A maybe B", null],
    ["Ａ or B", null],
    ["\u0391 or B", null],
    ["B or something else", null],
    ["anything but B", null],
    // Regressions: right answers that were refused.
    ["A seems closest", "A"],
    ["Ａ", "A"],
  ])("of objects, %j", (text, letter) => {
    expect(readOption(text, parseOptions(OBJECTS), "object_rel_distance").value).toBe(letter);
  });

  test.each<[string, string | null]>([
    ["left", "B"],
    ["to the LEFT.", "B"],
    ["B left", "B"],
    ["A left", null],
    ["front-left", null],
    ["left, back", null],
  ])("of directions, %j", (text, letter) => {
    expect(readOption(text, parseOptions(SIDES), "object_rel_direction_easy").value).toBe(letter);
  });

  // A benchmark's own question may offer the same text twice; refusing it refused the whole file.
  test("options that share their text are told apart by the letter alone", () => {
    const options = ["A. sink", "B. bed", "C. sink"];
    const read = (text: string) => readAnswer(text, { questionType: "object_rel_distance", options });
    expect(read("C. sink")).toMatchObject({ value: "C" });
    expect(read("B. bed")).toMatchObject({ value: "B" });
    expect(read("A")).toMatchObject({ value: "A" });
    expect(read("sink")).toMatchObject({ value: null, why: "several-candidates", candidates: ["A", "C"] });
    expect(read("C. bed")).toMatchObject({ value: null, why: "several-candidates" });
    const truth = { question_type: "object_rel_distance", options };
    expect(answerAccuracy("C", { ...truth, ground_truth: "C" }, "mra")).toBe(1);
    expect(() => answerAccuracy("C", { ...truth, ground_truth: "sink" }, "mra")).toThrow("letter");
  });

  test("bare options get letters in order, and an order of categories is one option", () => {
    const orders = ["bed, sink, table", "sink, bed, table"];
    expect(readOption("sink, bed, table", parseOptions(orders), "obj_appearance_order").value).toBe("B");
  });

  test("regression: a letter alone was read where, without a list's numbers, it is another option's text as well", () => {
    for (const type of ["obj_appearance_order", "route_planning"] as const) {
      const parsed = parseOptions(["A. sofa", "B. 1 c", "C. the sink"]);
      expect(readOption("C", parsed, type)).toMatchObject({ value: null, why: "several-candidates" });
      expect(readOption("A", parsed, type)).toMatchObject({ value: "A", why: "option-letter" });
    }
  });
});

test("a letter alone is read as the same letter is among blanks that are no shortcut", () => {
  const texts = fc.constantFrom(
    "a",
    "B",
    "h",
    "i",
    "o",
    "u",
    "left",
    "front-left",
    "turn back",
    "or",
    "bed",
    "it's 3",
    "1 c",
  );
  const letters = fc.constantFrom(..."ABCDEFGHIOUXabu");
  const options = fc.oneof(
    fc.array(texts, { minLength: 1, maxLength: 10 }),
    fc
      .uniqueArray(fc.tuple(letters, texts), { selector: ([letter]) => letter.toUpperCase(), minLength: 1 })
      .map((lettered) => lettered.map(([letter, text]) => `${letter.toUpperCase()}. ${text}`)),
  );
  const forms = fc.constantFrom("@", "@.", "(@)", "(@", "@)", "(@).", "@\n", " @", "@:");
  const types = fc.constantFrom(...QUESTION_TYPES.filter((type) => questionTypeRow(type).unit === null));
  fc.assert(
    fc.property(options, letters, forms, types, (offered, letter, form, type) => {
      const parsed = parseOptions(offered);
      const text = form.replace("@", letter);
      expect(readOption(text, parsed, type)).toEqual(readOption(`\n \n${text}`, parsed, type));
    }),
    { numRuns: 3000 },
  );
});
