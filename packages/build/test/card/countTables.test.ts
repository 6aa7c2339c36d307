import { expect, test } from "@jest/globals";
import { answerTable, countTable, rejectTable } from "../../src/card/countTables.ts";
import type { QuestionsSummary } from "../../src/card/summarizeQuestions.ts";
import { emptySummary, manifest } from "../support/question.ts";

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
