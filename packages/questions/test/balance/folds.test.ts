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
  const MOST = 20_000;

  test.each([0, 1, MOST - 1, MOST])("%i examples all stay", (count) => {
    const examples = Array.from({ length: count }, (_, place) => place);
    expect(thinExamples(examples)).toEqual(examples);
  });

  test.each([MOST + 1, 30_000, 47_111, 200_000])("of %i so many stay, at equal steps from the first on", (count) => {
    const kept = thinExamples(Array.from({ length: count }, (_, place) => place));
    expect(kept).toHaveLength(MOST);
    expect(kept[0]).toBe(0);
    const steps = new Set(kept.slice(1).map((place, index) => place - kept[index]!));
    const step = count / MOST;
    for (const taken of steps) expect([Math.floor(step), Math.ceil(step)]).toContain(taken);
  });
});
