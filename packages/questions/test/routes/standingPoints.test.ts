import { describe, expect, test } from "@jest/globals";
import { freeFloorOf } from "../../src/routes/freeFloor.ts";
import { footprintDistance, standingPoints } from "../../src/routes/standingPoints.ts";
import { objectAt, turned } from "../support/facts.ts";
import { floorGrid } from "../support/floorGrid.ts";

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
