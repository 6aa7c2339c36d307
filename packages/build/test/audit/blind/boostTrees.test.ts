import { describe, expect, test } from "@jest/globals";
import { boostTrees, rowsOf } from "../../../src/audit/blind/boostTrees.ts";
import { lot } from "../../support/auditQuestion.ts";

const QUESTIONS = 300;
const starts = Int32Array.from({ length: QUESTIONS + 1 }, (_, question) => question * 3);
const training = Int32Array.from({ length: 200 }, (_, question) => question);
const asked = Int32Array.from({ length: 100 }, (_, index) => 200 + index);

describe("boostTrees", () => {
  test("rows of one question share out 1; rows that were not asked for have nothing", () => {
    const bins = Uint8Array.from({ length: QUESTIONS * 3 }, (_, row) => Math.floor(lot(row) * 32));
    const right = Uint8Array.from({ length: QUESTIONS * 3 }, (_, row) => (row % 3 === 0 ? 1 : 0));
    const shares = boostTrees({ bins, columns: 1, starts, right, training, asked });
    for (const question of asked) {
      const own = shares.subarray(starts[question]!, starts[question + 1]!);
      expect(own.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 10);
    }
    expect(shares.subarray(0, 600).every((share) => share === 0)).toBe(true);
  });

  test("learns that the candidate with the largest first column is right, and ignores the second", () => {
    const value = (row: number) => Math.floor(lot(row, 1) * 32);
    const bins = Uint8Array.from({ length: QUESTIONS * 6 }, (_, at) =>
      at % 2 === 0 ? value(at >> 1) : Math.floor(lot(at) * 32),
    );
    const right = new Uint8Array(QUESTIONS * 3);
    for (let question = 0; question < QUESTIONS; question++) {
      const rows = [0, 1, 2].map((place) => question * 3 + place);
      right[rows.reduce((best, row) => (value(row) > value(best) ? row : best))] = 1;
    }
    const shares = boostTrees({ bins, columns: 2, starts, right, training, asked });
    const found = asked.filter((question) => {
      const rows = [0, 1, 2].map((place) => question * 3 + place);
      return right[rows.reduce((best, row) => (shares[row]! > shares[best]! ? row : best))] === 1;
    });
    expect(found.length).toBeGreaterThan(90);
  });
});

test("rowsOf lists the rows of each question in order", () => {
  expect([...rowsOf(Int32Array.of(2, 0), Int32Array.of(0, 2, 2, 5))]).toEqual([2, 3, 4, 0, 1]);
});
