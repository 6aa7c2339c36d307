import { describe, expect, test } from "@jest/globals";
import type { SceneObject } from "@vsi/geometry";
import fc from "fast-check";
import { cellAt, type FloorPoint, type FreeFloor } from "../../src/routes/freeFloor.ts";
import { isStraightWalk, routePlanner } from "../../src/routes/planner.ts";
import { type Leg, turnBetween } from "../../src/routes/turns.ts";
import { objectAt } from "../support/facts.ts";

describe("planner", () => {
  const MARGIN = 15;

  /** Legs between some of six objects, one place at each. */
  const network = fc
    .record({
      places: fc.array(fc.tuple(fc.integer({ min: -5, max: 5 }), fc.integer({ min: -5, max: 5 })), {
        minLength: 6,
        maxLength: 6,
      }),
      kept: fc.array(fc.boolean(), { minLength: 36, maxLength: 36 }),
    })
    .map(({ places, kept }): Leg[] => {
      const stops = places.map(([x, y], id) => ({
        object: objectAt(id, `thing ${id}`, [x, y, 0]),
        place: [x, y] as FloorPoint,
      }));
      return stops.flatMap((one, first) =>
        stops
          .filter((other, second) => other !== one && kept[6 * first + second])
          .map((other) => ({
            from: one.object,
            to: other.object,
            begin: one.place,
            end: other.place,
            length_m: Math.hypot(other.place[0] - one.place[0], other.place[1] - one.place[1]),
          })),
      );
    });

  /** The shortest of all ways of at most eight legs, each tried; Infinity when there is none. */
  function shortest(legs: readonly Leg[], last: Leg, destination: SceneObject, left: number): number {
    if (last.to === destination) {
      return last.length_m;
    }
    const next = left === 0 ? [] : legs.filter((leg) => leg.begin === last.end && turnBetween(last, leg, MARGIN));
    return (
      last.length_m +
      Math.min(Number.POSITIVE_INFINITY, ...next.map((leg) => shortest(legs, leg, destination, left - 1)))
    );
  }

  test("every plan joins up, has clear turns only, and no way of at most eight legs is shorter", () => {
    fc.assert(
      fc.property(network, (legs) => {
        const { departures, destinations, plan } = routePlanner(legs, MARGIN);
        for (const departure of departures) {
          for (const destination of destinations.filter((object) => object !== departure.start)) {
            const found = plan(departure, destination);
            const first = legs.find(({ from, to }) => from === departure.start && to === departure.facing)!;
            const limit = shortest(legs, first, destination, 7);
            if (found === null) {
              expect(limit).toBe(Number.POSITIVE_INFINITY);
              continue;
            }
            expect([found[0], found.at(-1)!.to]).toEqual([first, destination]);
            for (const [index, leg] of found.slice(1).entries()) {
              expect(leg.begin).toBe(found[index]!.end);
              expect(turnBetween(found[index]!, leg, MARGIN)).not.toBeNull();
            }
            expect(found.reduce((sum, { length_m }) => sum + length_m, 0)).toBeLessThanOrEqual(limit + 1e-9);
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  test("no legs, no departures", () => {
    expect(routePlanner([], MARGIN)).toMatchObject({ departures: [], destinations: [] });
  });
});

describe("legs", () => {
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
});
