import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { createRandom } from "../../src/random/createRandom.ts";
import { shuffle } from "../../src/random/shuffle.ts";

test("keeps every item and leaves the given list alone", () => {
  fc.assert(
    fc.property(fc.array(fc.integer()), fc.integer(), (items, seed) => {
      const before = [...items];
      const shuffled = shuffle(createRandom(seed, 1), items);
      expect(items).toEqual(before);
      expect(shuffled.sort((a, b) => a - b)).toEqual(before.sort((a, b) => a - b));
    }),
  );
});

test("each of three items comes first about as often", () => {
  const firsts = Array.from({ length: 3000 }, (_, seed) => shuffle(createRandom(seed, 1), ["a", "b", "c"])[0]);
  for (const item of ["a", "b", "c"]) {
    // 1000 expected, standard deviation 26.
    expect(Math.abs(firsts.filter((first) => first === item).length - 1000)).toBeLessThan(130);
  }
});
