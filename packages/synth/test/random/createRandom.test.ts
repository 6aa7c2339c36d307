import { expect, test } from "@jest/globals";
import { createRandom } from "../../src/random/createRandom.ts";
import { drawBetween } from "../../src/random/drawBetween.ts";

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
    for (let tenth = 0; tenth < 10; tenth++) {
      // 100 expected, standard deviation 9.5.
      const count = draws.filter((draw) => Math.floor(10 * draw) === tenth).length;
      expect(Math.abs(count - 100)).toBeLessThan(50);
    }
  }
});
