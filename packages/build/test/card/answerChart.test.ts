import { expect, test } from "@jest/globals";
import { answerChart, numericAnswers } from "../../src/card/answerChart.ts";
import type { TypeSummary } from "../../src/card/summarizeQuestions.ts";

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
  const svg = await answerChart(summary({ "0.5": 2, "7.5": 1 }));
  expect(texts(svg)).toEqual(expect.arrayContaining(["metres", "object_abs_distance: answers of 3 questions"]));
});

test("counts are bars in the order of the numbers: 10 after 9", async () => {
  const shown = texts(await answerChart(summary({ "10": 7, "9": 8 }, { type: "object_counting", unit: "count" })));
  expect(shown.indexOf("9")).toBeLessThan(shown.indexOf("10"));
  expect(shown).toEqual(expect.arrayContaining(["7", "8"]));
});

test("words are bars, the most frequent first", async () => {
  const shown = texts(await answerChart(summary({ left: 11, right: 13 }, { type: "object_rel_direction_easy" })));
  expect(shown.indexOf("right")).toBeLessThan(shown.indexOf("left"));
  expect(shown).toEqual(expect.arrayContaining(["11", "13"]));
});

test("more words than bars: the letters, when there are any", async () => {
  const answers = Object.fromEntries(Array.from({ length: 41 }, (_, index) => [`order ${index}`, 1]));
  const letters = new Map([
    ["B", 20],
    ["A", 21],
  ]);
  const shown = texts(await answerChart(summary(answers, { type: "obj_appearance_order", letters })));
  expect(shown).toEqual(expect.arrayContaining(["A", "B", "20", "21"]));
  expect(shown).not.toContain("order 0");
});

test("the same bytes each time", async () => {
  const one = summary({ a: 1, b: 2 });
  expect(await answerChart(one)).toBe(await answerChart(one));
});

test("a single word makes a type one of words", () => {
  expect(numericAnswers(summary({ "1": 1, bed: 1 }))).toBeNull();
  expect(numericAnswers(summary({ "10": 1, "9": 2 }))).toEqual([
    { value: 9, count: 2 },
    { value: 10, count: 1 },
  ]);
});
