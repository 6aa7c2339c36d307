import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { cellAt, type FloorPoint, type FreeFloor } from "../../src/routes/freeFloor.ts";
import { isStraightWalk } from "../../src/routes/legs.ts";

const coordinate = fc.double({ min: 0, max: 1.999, noNaN: true });
const floor = fc.uint8Array({ min: 0, max: 9, minLength: 400, maxLength: 400 }).map((values): FreeFloor => {
  const standable = values.map((value) => (value > 0 ? 1 : 0));
  return { origin: [0, 0], cell_m: 0.1, columns: 20, rows: 20, standable, closed: standable };
});

test("a line is free when every cell is that a point on it lies in; corners it only touches may go either way", () => {
  fc.assert(
    fc.property(floor, coordinate, coordinate, coordinate, coordinate, (free, x, y, endX, endY) => {
      const from: FloorPoint = [x, y];
      const to: FloorPoint = [endX, endY];
      const passed = new Map<number, number>();
      for (let step = 0; step <= 2000; step++) {
        const share = step / 2000;
        const cell = cellAt(free, [x + share * (endX - x), y + share * (endY - y)]);
        passed.set(cell, (passed.get(cell) ?? 0) + 1);
      }
      const blocked = [...passed].filter(([cell]) => free.standable[cell] === 0);
      if (isStraightWalk(free, from, to)) {
        // A cell that samples hit three times is more than touched.
        expect(blocked.filter(([, hits]) => hits > 2)).toEqual([]);
      } else {
        const near = (cell: number) => [0, 1, -1, 20, -20].some((step) => free.standable[cell + step] === 0);
        expect([...passed.keys()].some(near)).toBe(true);
      }
    }),
  );
});

test("no way leads out of the grid", () => {
  const standable = new Uint8Array(4).fill(1);
  const free: FreeFloor = { origin: [0, 0], cell_m: 1, columns: 2, rows: 2, standable, closed: standable };
  expect(isStraightWalk(free, [0.5, 0.5], [1.5, 1.5])).toBe(true);
  expect(isStraightWalk(free, [0.5, 0.5], [0.5, 0.5])).toBe(true);
  expect(isStraightWalk(free, [0.5, 0.5], [2.5, 0.5])).toBe(false);
  expect(isStraightWalk(free, [-0.5, 0.5], [0.5, 0.5])).toBe(false);
});
