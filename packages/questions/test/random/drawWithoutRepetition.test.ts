import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { drawWithoutRepetition } from "../../src/random/drawWithoutRepetition.ts";
import { CHI_SQUARE_999, chiSquare } from "../support/chiSquare.ts";
import { testStream } from "../support/stream.ts";

test("every integer comes once", () => {
  fc.assert(
    fc.property(fc.integer(), fc.nat(200), (seed, count) => {
      const drawn = [...drawWithoutRepetition(testStream(seed), count)];
      expect(drawn.sort((one, other) => one - other)).toEqual([...Array(count).keys()]);
    }),
  );
});

test("all 24 orders of four are equally likely", () => {
  const counts = new Map<string, number>();
  for (let seed = 0; seed < 6000; seed++) {
    const order = [...drawWithoutRepetition(testStream(seed), 4)].join();
    counts.set(order, (counts.get(order) ?? 0) + 1);
  }
  expect(counts.size).toBe(24);
  expect(chiSquare([...counts.values()])).toBeLessThan(CHI_SQUARE_999[23]!);
});

test("a few from as many as a double can count, each other than the ones before", () => {
  const draws = drawWithoutRepetition(testStream(1), Number.MAX_SAFE_INTEGER);
  const drawn = Array.from({ length: 1000 }, () => draws.next().value as number);
  expect(new Set(drawn).size).toBe(1000);
  expect(drawn.every((value) => Number.isSafeInteger(value) && value >= 0)).toBe(true);
  expect(Math.max(...drawn)).toBeGreaterThan(2 ** 52);
});
