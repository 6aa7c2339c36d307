import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { cellAt, cellCentre, footprintDistance, freeFloorOf, standingPoints } from "../../src/routes/freeFloor.ts";
import { objectAt, turned } from "../support/facts.ts";
import { floorGrid } from "../support/floorGrid.ts";

describe("freeFloor", () => {
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
        let [nearest, nearestMiddle] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
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
                nearest = Math.min(nearest, gap);
                nearestMiddle = Math.min(nearestMiddle, Math.hypot(column - x, row - y) * 0.1);
              }
            }
          }
        }
        expect(nearest).toBeGreaterThanOrEqual(radius - 0.1 * (Math.SQRT2 - 1));
        expect(nearestMiddle).toBeGreaterThan(radius + 0.1 * Math.SQRT2 - 1e-9);
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
});

describe("standingPoints", () => {
  /** 4 m by 4 m; `isBlocked` by the middle of a cell. */
  const floorWhere = (isBlocked: (x: number, y: number) => boolean) =>
    freeFloorOf(
      floorGrid(
        Array.from({ length: 40 }, (_, row) =>
          Array.from({ length: 40 }, (_, column) => (isBlocked((column + 0.5) / 10, 3.95 - row / 10) ? "#" : ".")).join(
            "",
          ),
        ),
      ),
      0.2,
    );

  const within = (x: number, y: number, half: number) => (atX: number, atY: number) =>
    Math.abs(atX - x) < half && Math.abs(atY - y) < half;

  test("all around an object in the open, as near as the body gets", () => {
    const crate = objectAt(0, "crate", [2, 2, 0.2], [0.4, 0.4, 0.4]);
    const points = standingPoints(crate, floorWhere(within(2, 2, 0.2)), [crate], 0.7);
    expect(points).toHaveLength(16);
    for (const [x, y] of points) {
      const gap = Math.max(Math.abs(x - 2), Math.abs(y - 2)) - 0.2;
      expect(gap).toBeGreaterThan(0.1);
      expect(gap).toBeLessThan(0.5);
    }
  });

  test("over a desk to the monitor on it, but not through a wall", () => {
    const desk = objectAt(0, "desk", [2, 2, 0.4], [1, 1, 0.8]);
    const monitor = objectAt(1, "monitor", [2, 2, 1], [0.4, 0.4, 0.4]);
    const blocked = floorWhere(within(2, 2, 0.5));
    expect(standingPoints(monitor, blocked, [desk, monitor], 0.7).length).toBeGreaterThan(0);
    expect(standingPoints(monitor, blocked, [monitor], 0.7)).toEqual([]);
  });

  test("an object out of reach has none, nor one outside the floor", () => {
    const island = floorWhere(within(2, 2, 1));
    const crate = objectAt(0, "crate", [2, 2, 0.2]);
    expect(standingPoints(crate, island, [objectAt(1, "stage", [2, 2, 0], [2, 2, 0.5])], 0.7)).toEqual([]);
    expect(standingPoints(objectAt(0, "crate", [40, 40, 0]), island, [], 0.7)).toEqual([]);
  });

  test("on a rug one stands in its middle", () => {
    const rug = objectAt(0, "rug", [2.05, 2.05, 0], [1, 1, 0.01]);
    expect(
      standingPoints(
        rug,
        floorWhere(() => false),
        [rug],
        0.7,
      ),
    ).toEqual([[2.05, 2.05]]);
  });
});

describe("footprintDistance", () => {
  const bed = objectAt(0, "bed", [1, 1, 5], [2, 1, 0.5]);

  test("from an upright box on the floor plane, whatever its height", () => {
    expect(footprintDistance(bed.box, [1, 1])).toBe(0);
    expect(footprintDistance(bed.box, [2.5, 1])).toBeCloseTo(0.5, 12);
    expect(footprintDistance(bed.box, [2.3, 1.9])).toBeCloseTo(0.5, 12);
  });

  test("a quarter turn exchanges its sides", () => {
    expect(footprintDistance(turned(bed, Math.PI / 2).box, [2.5, 1])).toBeCloseTo(1, 12);
  });
});
