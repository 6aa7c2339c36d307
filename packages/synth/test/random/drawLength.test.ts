import { expect, test } from "@jest/globals";
import { createRandom } from "../../src/random/createRandom.ts";
import { drawLength } from "../../src/random/drawLength.ts";

test("gives every whole centimetre of the range, ends included, and nothing else", () => {
  const random = createRandom(1, 1);
  const drawn = new Set(Array.from({ length: 500 }, () => drawLength(random, 0.28, 0.33)));
  expect([...drawn].sort()).toEqual([0.28, 0.29, 0.3, 0.31, 0.32, 0.33]);
});
