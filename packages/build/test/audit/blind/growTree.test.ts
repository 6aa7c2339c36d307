import { describe, expect, test } from "@jest/globals";
import { growTree, treeValue } from "../../../src/audit/blind/growTree.ts";
import { lot } from "../../support/auditQuestion.ts";

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
