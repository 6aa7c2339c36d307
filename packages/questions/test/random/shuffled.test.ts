import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { shuffled } from "../../src/random/shuffled.ts";
import { testStream } from "../support/stream.ts";

test("the same values in another order, the given list untouched", () => {
  fc.assert(
    fc.property(fc.array(fc.integer()), fc.integer(), (values, seed) => {
      const before = [...values];
      const result = shuffled(values, testStream(seed));
      expect(values).toEqual(before);
      expect([...result].sort()).toEqual(before.sort());
    }),
  );
});

test("the order changes with the stream", () => {
  const orders = [0, 1, 2, 3, 4, 5].map((seed) => shuffled([1, 2, 3, 4, 5], testStream(seed)).join());
  expect(new Set(orders).size).toBeGreaterThan(3);
});
