import { expect, test } from "@jest/globals";
import { fileOrder } from "../../src/mesh/sample.ts";
import { createRandom } from "../../src/random.ts";

test.each([0, 1, 255, 256, 257, 5000])("%i vertices each get their own place", (count) => {
  const order = fileOrder(createRandom(1, 1), count);
  expect(Array.from(order).sort((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, i) => i));
});

test("blocks are moved as wholes, and moved they are", () => {
  const order = fileOrder(createRandom(1, 1), 5000);
  expect(Array.from(order.subarray(0, 256), (place, i) => place - i)).toEqual(new Array(256).fill(order[0]));
  expect(order.some((place, vertex) => place !== vertex)).toBe(true);
});
