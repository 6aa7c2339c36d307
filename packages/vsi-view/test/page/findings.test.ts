import { describe, expect, test } from "@jest/globals";
import type { QuestionTable, RunAnswer, RunData } from "../../src/data/contract.ts";
import { answersOf, guessedByType, questionsByType } from "../../src/page/audit/findings.ts";
import { flipOf } from "../../src/page/questions/columns.ts";
import {
  differenceOf,
  directionOf,
  flatSettings,
  rowTitle,
  scoreOf,
  shownRows,
} from "../../src/page/runs/scoreRows.ts";

/** Six rows: five questions of two types in two splits, and a refused candidate. */
const TABLE: QuestionTable = {
  rows: 6,
  questions: 5,
  id: ["a", "b", "c", "d", "e", null],
  type: [0, 0, 1, 0, -1, 0],
  split: [0, 0, 0, 1, 0, -1],
  scene: [0, 0, 0, 0, 0, 0],
  text: ["", "", "", "", "", ""],
  answer: ["2", "3", "left", "2", "2", "too-small"],
};

describe("what is counted of a table", () => {
  test("refused candidates and scans without a type are no questions of a type", () => {
    expect(questionsByType(TABLE, 2, 2).map((counts) => [...counts])).toEqual([
      [2, 1],
      [1, 0],
    ]);
  });

  test("guessed are those at the step of the list's filter and above, in the split alone", () => {
    const audit = { splits: {}, guessable: [0.9, 0.89, 1, 1, 1, null] };
    expect([...guessedByType(audit, TABLE, 0, 2)]).toEqual([1, 1]);
  });

  test("answers of a type in a split, the most frequent first", () => {
    const table = { ...TABLE, answer: ["3", "3", "left", "2", "2", "x"] };
    expect(answersOf(table, 0, 0)).toEqual([{ answer: "3", count: 2 }]);
    expect(answersOf({ ...table, split: [0, 0, 0, 0, 0, -1] }, 0, 0)).toEqual([
      { answer: "3", count: 2 },
      { answer: "2", count: 1 },
    ]);
  });
});

const answer = (robust: number, read: string | null = "x"): RunAnswer => ({
  text: read,
  read,
  why: "",
  official: robust,
  robust,
});

describe("a question against another run", () => {
  test.each([
    [answer(1), answer(0), "gained"],
    [answer(0.49), answer(0.5), "lost"],
    [answer(0.5), answer(1), "both"],
    [answer(0, null), answer(0), "neither"],
    [answer(1), answer(1, null), "gained"],
  ] as const)("%j against %j: %s", (own, base, flip) => expect(flipOf(own, base)).toBe(flip));

  test("is nothing where one of the two was not asked", () => {
    expect([flipOf(null, answer(1)), flipOf(answer(1), undefined)]).toEqual([null, null]);
  });
});

describe("scores", () => {
  const run = {
    scores: [
      {
        row: "overall",
        questions: 3,
        unread: 1,
        official: 0.5,
        official_interval: null,
        robust: 0.6,
        robust_interval: [0.5, 0.7],
      },
      {
        row: "object_counting",
        questions: 0,
        unread: 0,
        official: null,
        official_interval: null,
        robust: null,
        robust_interval: null,
      },
    ],
  } as unknown as RunData;

  test("rows that no run has a value in are left out", () => {
    expect(shownRows([run])).toEqual(["overall"]);
    expect(scoreOf(run, "overall", "robust")).toEqual({ value: 0.6, low: 0.5, high: 0.7 });
    expect(scoreOf(run, "overall", "official")).toEqual({ value: 0.5, low: null, high: null });
    expect(rowTitle("overall")).toBe("Average");
  });

  test.each([
    [0.01, 0.2, "better"],
    [-0.2, -0.01, "worse"],
    [-0.1, 0.1, "alike"],
    [0, 0.1, "alike"],
    [null, null, "alike"],
  ] as const)("a difference of %p to %p is %s", (low, high, way) => {
    expect(directionOf({ value: 0.1, low, high })).toBe(way);
  });

  test("a run without a comparison has no differences", () => {
    expect(differenceOf(null, "overall", "robust")).toEqual({ value: null, low: null, high: null });
  });

  test("settings are named by their path", () => {
    expect(flatSettings({ model: "m", image: { pixels: 1, crop: null }, tags: ["a"] })).toEqual([
      ["model", "m"],
      ["image.pixels", "1"],
      ["image.crop", "null"],
      ["tags", '["a"]'],
    ]);
  });
});
