import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { BINS, binColumns, boostTrees, growTree, rowsOf, treeValue } from "../../src/audit/boostTrees.ts";
import { lot } from "../support/auditQuestion.ts";

describe("binColumns", () => {
  test("a larger value never has a smaller bin, equal values have the same, and there are at most BINS", () => {
    fc.assert(
      fc.property(
        fc.array(fc.float({ noNaN: true, noDefaultInfinity: true }), { minLength: 1, maxLength: 80 }),
        (drawn) => {
          const values = Float32Array.from(drawn);
          const bins = binColumns(values, 1, Int32Array.from(values.keys()));
          for (const [a, first] of values.entries()) {
            for (const [b, second] of values.entries())
              if (first <= second) expect(bins[a]).toBeLessThanOrEqual(bins[b]!);
          }
          expect(Math.max(...bins)).toBeLessThan(BINS);
        },
      ),
    );
  });

  test("the training rows alone decide where the steps lie", () => {
    const training = Int32Array.of(0, 1, 2, 3);
    const near = binColumns(Float32Array.of(0, 1, 2, 3, 1.5, 9), 1, training);
    const far = binColumns(Float32Array.of(0, 1, 2, 3, 700, -9), 1, training);
    expect([...far.subarray(0, 4)]).toEqual([...near.subarray(0, 4)]);
    expect(new Set(near.subarray(0, 4)).size).toBe(4);
  });
});

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

const ROWS = 400;

/** A tree for squared error against `target`: gradients are minus the target, second derivatives 1. */
function grow(columns: number, binOf: (row: number, column: number) => number, target: (row: number) => number) {
  const bins = Uint8Array.from({ length: ROWS * columns }, (_, at) => binOf(Math.floor(at / columns), at % columns));
  const rows = Int32Array.from({ length: ROWS }, (_, row) => row);
  const gradients = Float64Array.from(rows, (row) => -target(row));
  const tree = growTree({ bins, columns, rows, gradients, hessians: new Float64Array(ROWS).fill(1) });
  return { tree, leafOf: (row: number) => treeValue(tree, bins, row * columns) };
}

describe("growTree", () => {
  const randomBin = (row: number, column: number) => Math.floor(lot(row, column) * 32);

  test("splits first where the targets change, among columns that say nothing", () => {
    const { tree, leafOf } = grow(4, randomBin, (row) => (randomBin(row, 2) <= 11 ? 5 : -5));
    expect(tree.column[0]).toBe(2);
    expect(tree.bin[0]).toBe(11);
    // The penalty of 1 on a leaf of dozens of rows takes a few percent off.
    for (let row = 0; row < ROWS; row++) expect(Math.sign(leafOf(row))).toBe(randomBin(row, 2) <= 11 ? 1 : -1);
  });

  test("finds what takes two columns together: the corner of both", () => {
    const high = (row: number) => (randomBin(row, 0) > 15 && randomBin(row, 1) > 15 ? 8 : 0);
    const { leafOf } = grow(3, randomBin, high);
    for (let row = 0; row < ROWS; row++) expect(Math.abs(leafOf(row) - high(row))).toBeLessThan(1.5);
  });

  test("a leaf's value is its mean, drawn to 0 by one row's weight", () => {
    const { tree, leafOf } = grow(
      1,
      () => 3,
      () => 2,
    );
    expect(tree.column[0]).toBe(-1);
    expect(leafOf(0)).toBeCloseTo((2 * ROWS) / (ROWS + 1), 10);
  });
});
