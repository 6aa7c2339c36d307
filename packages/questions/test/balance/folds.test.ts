import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { FOLDS, foldsOf, thinExamples } from "../../src/balance/folds.ts";

const rooms = fc.uniqueArray(
  fc.nat(9999).map((room) => `scene${String(room).padStart(4, "0")}`),
  { maxLength: 60 },
);

describe("foldsOf", () => {
  test("every room has one fold, no fold has two rooms more than another", () => {
    fc.assert(
      fc.property(rooms, fc.integer(), (rooms, seed) => {
        const folds = foldsOf(rooms, seed);
        expect([...folds.keys()].sort()).toEqual([...rooms].sort());
        const sizes = Array.from(
          { length: FOLDS },
          (_, fold) => [...folds.values()].filter((of) => of === fold).length,
        );
        expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(rooms.length);
        expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
      }),
    );
  });

  test("the same whatever the rooms' order; other seeds deal otherwise", () => {
    fc.assert(
      fc.property(rooms, fc.integer(), (rooms, seed) => {
        expect(new Map([...foldsOf(rooms.toReversed(), seed)].sort())).toEqual(
          new Map([...foldsOf(rooms, seed)].sort()),
        );
      }),
    );
    const many = Array.from({ length: 30 }, (_, room) => `room ${room}`);
    const deals = [0, 1, 2].map((seed) => many.map((room) => foldsOf(many, seed).get(room)).join());
    expect(new Set(deals).size).toBe(3);
  });
});

describe("thinExamples", () => {
  test("at most so many stay, all where there are no more, at equal steps from the first on", () => {
    fc.assert(
      fc.property(fc.nat({ max: 500 }), fc.nat({ max: 200 }), (count, most) => {
        const kept = thinExamples([...Array(count).keys()], most);
        expect(kept).toHaveLength(Math.min(count, most));
        if (kept.length > 0) expect(kept[0]).toBe(0);
        const step = Math.max(1, count / most);
        for (const [index, place] of kept.slice(1).entries()) {
          expect([Math.floor(step), Math.ceil(step)]).toContain(place - kept[index]!);
        }
      }),
    );
  });
});
