import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { type SetRules, validSets } from "../../src/types/validSets.ts";

/** Every set that keeps the rules, by their words: all subsets are looked at. */
function bruteForce(distances_m: readonly number[], rules: SetRules): number[][] {
  const places = [...distances_m.keys()].filter((place) => !Number.isNaN(distances_m[place]!));
  const subsets = (from: readonly number[], size: number): number[][] =>
    size === 0
      ? [[]]
      : from.flatMap((first, index) => subsets(from.slice(index + 1), size - 1).map((rest) => [first, ...rest]));
  return subsets(places, rules.size)
    .map((set) => set.sort((one, other) => distances_m[one]! - distances_m[other]! || one - other))
    .filter((set) => {
      const sorted = set.map((place) => distances_m[place]!);
      const gaps = sorted.slice(1).map((distance, index) => distance - sorted[index]!);
      const nearest = sorted[0]!;
      if (nearest < rules.smallest_m || nearest > rules.largest_m) return false;
      return rules.allGaps ? gaps.every((gap) => gap > rules.gap_m) : gaps.length === 0 || gaps[0]! >= rules.gap_m;
    });
}

/** Tenths of a metre meet limits and gaps exactly, also those that floats do not hold. */
const distance = fc.oneof(
  { weight: 6, arbitrary: fc.nat(40).map((tenths) => tenths / 10) },
  { weight: 2, arbitrary: fc.double({ min: 0, max: 4, noNaN: true }) },
  { weight: 1, arbitrary: fc.constant(Number.NaN) },
);

const rules: fc.Arbitrary<SetRules> = fc.record({
  size: fc.integer({ min: 2, max: 4 }),
  smallest_m: fc.constantFrom(0, 0.15, 1),
  largest_m: fc.constantFrom(2, Number.POSITIVE_INFINITY),
  gap_m: fc.constantFrom(0, 0.1, 0.15, 0.3, 1),
  allGaps: fc.boolean(),
});

describe("validSets", () => {
  test("ranks give every set that keeps the rules, each once, the nearest first, and no other", () => {
    let some = 0;
    fc.assert(
      fc.property(fc.array(distance, { maxLength: 10 }), rules, (distances_m, rules) => {
        const expected = bruteForce(distances_m, rules);
        const { count, setOfRank } = validSets(distances_m, rules);
        expect(count).toBe(expected.length);
        const listed = Array.from({ length: count }, (_, rank) => setOfRank(rank));
        expect(listed.map(String).sort()).toEqual(expected.map(String).sort());
        if (count > 0 && rules.size === 4) some += 1;
      }),
    );
    expect(some).toBeGreaterThan(5);
  });

  test("ranks go on as the members' places in order of distance do: a seed draws the same sets in every version", () => {
    fc.assert(
      fc.property(fc.array(distance, { maxLength: 10 }), rules, (distances_m, rules) => {
        const places = [...distances_m.keys()].filter((place) => !Number.isNaN(distances_m[place]!));
        const order = places.sort((one, other) => distances_m[one]! - distances_m[other]! || one - other);
        const isBefore = (one: number[], other: number[]): number => {
          const differing = one.findIndex((place, index) => place !== other[index]);
          return differing < 0 ? 0 : order.indexOf(one[differing]!) - order.indexOf(other[differing]!);
        };
        const { count, setOfRank } = validSets(distances_m, rules);
        const listed = Array.from({ length: count }, (_, rank) => setOfRank(rank));
        expect(listed).toEqual(bruteForce(distances_m, rules).sort(isBefore));
      }),
    );
  });

  // All gaps must be over the limit, the nearest's alone may meet it: as the protocols' recipes have it.
  test.each([
    [true, 0.3, 0],
    [true, 0.29, 1],
    [false, 0.3, 1],
    [false, 0.31, 0],
  ])("all gaps %s, of %d m: 0.3 m between two makes %d set of them", (allGaps, gap_m, count) => {
    expect(validSets([0, 0.3], { size: 2, smallest_m: 0, largest_m: 0, gap_m, allGaps }).count).toBe(count);
  });

  test("hundreds of choices have billions of sets: counted, and the last listed, without looking at them", () => {
    const distances_m = Array.from({ length: 400 }, (_, place) => place);
    const sets = validSets(distances_m, { size: 4, smallest_m: 0, largest_m: 1e9, gap_m: 0.5, allGaps: true });
    expect(sets.count).toBe((400 * 399 * 398 * 397) / 24);
    expect(sets.setOfRank(0)).toEqual([0, 1, 2, 3]);
    expect(sets.setOfRank(sets.count - 1)).toEqual([396, 397, 398, 399]);
  });

  test("too few choices, or none: no set", () => {
    for (const distances_m of [[], [1], [1, 2, 3], [1, 2, Number.NaN, 3]]) {
      expect(validSets(distances_m, { size: 4, smallest_m: 0, largest_m: 9, gap_m: 0, allGaps: true }).count).toBe(0);
    }
  });
});
