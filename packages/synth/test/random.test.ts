import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { createRandom, drawBetween, drawLength, shuffle } from "../src/random.ts";

const first = (seed: number, stream: number) => drawBetween(createRandom(seed, stream), 0, 1);

test("the same seed and stream repeat", () => {
  expect(first(5, 1)).toBe(first(5, 1));
});

test("neighbouring seeds and streams begin far apart: first draws are spread over the whole interval", () => {
  for (const draws of [
    Array.from({ length: 1000 }, (_, seed) => first(seed, 1)),
    Array.from({ length: 1000 }, (_, stream) => first(1, stream)),
  ]) {
    expect(new Set(draws).size).toBe(1000);
    for (let tenth = 0; tenth < 10; tenth += 1) {
      // 100 expected, standard deviation 9.5.
      const count = draws.filter((draw) => Math.floor(10 * draw) === tenth).length;
      expect(Math.abs(count - 100)).toBeLessThan(50);
    }
  }
});

test("gives every whole centimetre of the range, ends included, and nothing else", () => {
  const random = createRandom(1, 1);
  const drawn = new Set(Array.from({ length: 500 }, () => drawLength(random, 0.28, 0.33)));
  expect([...drawn].sort()).toEqual([0.28, 0.29, 0.3, 0.31, 0.32, 0.33]);
});

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
