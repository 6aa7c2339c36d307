import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { cellAt, cellCentre, freeFloorOf } from "../../src/routes/freeFloor.ts";
import { floorGrid } from "../support/floorGrid.ts";

const drawing = fc
  .tuple(fc.integer({ min: 1, max: 14 }), fc.integer({ min: 1, max: 14 }))
  .chain(([columns, rows]) =>
    fc.array(fc.array(fc.constantFrom(...".......#"), { minLength: columns, maxLength: columns }), {
      minLength: rows,
      maxLength: rows,
    }),
  )
  .map((rows) => rows.map((letters) => letters.join("")));

test("wherever the body stands in a cell, it keeps its radius from whatever is in a blocked one", () => {
  fc.assert(
    fc.property(drawing, fc.double({ min: 0, max: 0.3, noNaN: true }), (rows, radius) => {
      const floor = freeFloorOf(floorGrid(rows), radius);
      const columns = rows[0]!.length;
      for (const [cell, standable] of floor.standable.entries()) {
        if (standable === 0) {
          continue;
        }
        const [x, y] = [cell % columns, Math.floor(cell / columns)];
        for (let row = -1; row <= rows.length; row++) {
          for (let column = -1; column <= columns; column++) {
            if ([...rows].reverse()[row]?.[column] !== ".") {
              // Between the two squares, not their middles.
              const gap = Math.hypot(Math.max(Math.abs(column - x) - 1, 0), Math.max(Math.abs(row - y) - 1, 0)) * 0.1;
              expect(gap).toBeGreaterThanOrEqual(radius - 0.1 * (Math.SQRT2 - 1));
              expect(Math.hypot(column - x, row - y) * 0.1).toBeGreaterThan(radius + 0.1 * Math.SQRT2 - 1e-9);
            }
          }
        }
      }
    }),
  );
});

test("of parts that are not joined, the largest is kept", () => {
  const rows = [
    "#############",
    "#....########",
    "#....#......#",
    "#....#......#",
    "#....#......#",
    "######......#",
    "#############",
  ];
  const { standable } = freeFloorOf(floorGrid(rows), 0);
  const kept = [...standable.keys()].filter((cell) => standable[cell] === 1).map((cell) => cell % 13);
  expect(kept.length).toBeGreaterThan(0);
  expect(Math.min(...kept)).toBeGreaterThan(5);
});

test("a cell's middle lies in it; points outside lie in none", () => {
  const floor = freeFloorOf(floorGrid(["...", "..."]), 0);
  for (let cell = 0; cell < 6; cell++) {
    expect(cellAt(floor, cellCentre(floor, cell))).toBe(cell);
  }
  expect([cellAt(floor, [-0.01, 0.1]), cellAt(floor, [0.31, 0.1]), cellAt(floor, [0.1, 0.21])]).toEqual([-1, -1, -1]);
});
