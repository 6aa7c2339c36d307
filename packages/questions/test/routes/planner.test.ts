import { expect, test } from "@jest/globals";
import type { SceneObject } from "@vsi/geometry";
import fc from "fast-check";
import type { FloorPoint } from "../../src/routes/freeFloor.ts";
import type { Leg } from "../../src/routes/legs.ts";
import { routePlanner } from "../../src/routes/planner.ts";
import { turnBetween } from "../../src/routes/turns.ts";
import { objectAt } from "../support/facts.ts";

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
    last.length_m + Math.min(Number.POSITIVE_INFINITY, ...next.map((leg) => shortest(legs, leg, destination, left - 1)))
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
