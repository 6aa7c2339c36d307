import { describe, expect, test } from "@jest/globals";
import { emptySummary, manifest } from "@vsi/testing/question";
import { answerChart, answerTable, countTable, numericAnswers, rejectTable } from "../src/cardTables.ts";
import type { QuestionsSummary, TypeSummary } from "../src/summary.ts";

describe("answerChart", () => {
  function summary(answers: Record<string, number>, fields: Partial<TypeSummary> = {}): TypeSummary {
    const entries = new Map(Object.entries(answers));
    const total = [...entries.values()].reduce((sum, count) => sum + count, 0);
    return {
      type: "object_abs_distance",
      questions: { train: total },
      answers: entries,
      letters: new Map(),
      unit: "m",
      examples: [],
      ...fields,
    };
  }

  /** The texts of an SVG in their order. */
  function texts(svg: string): string[] {
    return [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text]) => text as string);
  }

  test("measurements make a histogram in their unit", async () => {
    const svg = answerChart(summary({ "0.5": 2, "7.5": 1 }));
    expect(texts(svg)).toContain("metres");
    expect(texts(svg).join(" ")).toContain("object_abs_distance: answers of 3 questions");
  });

  test("counts are bars in the order of the numbers: 10 after 9", async () => {
    const shown = texts(answerChart(summary({ "10": 7, "9": 8 }, { type: "object_counting", unit: "count" })));
    expect(shown.indexOf("9")).toBeLessThan(shown.indexOf("10"));
    expect(shown).toEqual(expect.arrayContaining(["7", "8"]));
  });

  test("words are bars, the most frequent first", async () => {
    const shown = texts(answerChart(summary({ left: 11, right: 13 }, { type: "object_rel_direction_easy" })));
    expect(shown.indexOf("right")).toBeLessThan(shown.indexOf("left"));
    expect(shown).toEqual(expect.arrayContaining(["11", "13"]));
  });

  test("more words than bars: the letters, when there are any", async () => {
    const answers = Object.fromEntries(Array.from({ length: 41 }, (_, index) => [`order ${index}`, 1]));
    const letters = new Map([
      ["B", 20],
      ["A", 21],
    ]);
    const shown = texts(answerChart(summary(answers, { type: "obj_appearance_order", letters })));
    expect(shown).toEqual(expect.arrayContaining(["A", "B", "20", "21"]));
    expect(shown).not.toContain("order 0");
  });

  test("the same bytes each time", async () => {
    const one = summary({ a: 1, b: 2 });
    expect(answerChart(one)).toBe(answerChart(one));
  });

  test("a single word makes a type one of words", () => {
    expect(numericAnswers(summary({ "1": 1, bed: 1 }))).toBeNull();
    expect(numericAnswers(summary({ "10": 1, "9": 2 }))).toEqual([
      { value: 9, count: 2 },
      { value: 10, count: 1 },
    ]);
  });
});

describe("tables of counts", () => {
  /** The cells of a Markdown table, row by row, without the line below the heads. */
  function cells(table: string): string[][] {
    const rows = table.trim().split("\n");
    return rows
      .filter((_, place) => place !== 1)
      .map((row) =>
        row
          .split("|")
          .slice(1, -1)
          .map((cell) => cell.trim()),
      );
  }

  const summary: QuestionsSummary = {
    ...emptySummary(),
    splits: [
      { split: "train", questions: 5, bytes: 0, scenes: 2, rooms: 1 },
      { split: "validation", questions: 2, bytes: 0, scenes: 1, rooms: 1 },
    ],
    types: [
      {
        type: "object_counting",
        questions: { train: 4, validation: 2 },
        answers: new Map([
          ["10", 2],
          ["2", 3],
          ["9", 1],
        ]),
        letters: new Map(),
        unit: "count",
        examples: [],
      },
      {
        type: "object_rel_distance",
        questions: { train: 1 },
        answers: new Map([["bed", 1]]),
        letters: new Map(),
        unit: "m",
        examples: [],
      },
    ],
  };

  test("questions by type and split, with types that have none", () => {
    const types = ["object_counting", "object_rel_distance", "room_size_estimation"] as const;
    expect(cells(countTable(manifest({}, { types }), summary))).toEqual([
      ["question type", "train", "validation", "all"],
      ["object_counting", "4", "2", "6"],
      ["object_rel_distance", "1", "0", "1"],
      ["room_size_estimation", "0", "0", "0"],
      ["**questions**", "**5**", "**2**", "**7**"],
      ["**scans with questions**", "**2**", "**1**", "**3**"],
    ]);
  });

  test("the most frequent answer, and the median by number and not by text", () => {
    expect(cells(answerTable(summary)).slice(1)).toEqual([
      // 2 2 2 9 10 10: the lower of the two middle ones is 2; as texts it would be 10.
      ["object_counting", "3", "2", "50.0 %", "2"],
      ["object_rel_distance", "1", "bed", "100.0 %", "–"],
    ]);
  });

  test("rejects, the most frequent first", () => {
    const rejects = { "a-few": 1, many: 12, "b-few": 1 };
    const counts = { questions: {}, rejects, not_drawn: {} };
    expect(cells(rejectTable(manifest({ counts }))).slice(1)).toEqual([
      ["many", "12"],
      ["a-few", "1"],
      ["b-few", "1"],
    ]);
  });
});
