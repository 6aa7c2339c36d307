import { expect, test } from "@jest/globals";
import { countPixels } from "../../src/render/countPixels.ts";

test("counts each object once a pixel, ordered by id, leaving out -1", () => {
  expect(countPixels(Int32Array.of(10, -1, 2, 10, 0, -1, 10))).toEqual([
    { objectId: 0, pixels: 1 },
    { objectId: 2, pixels: 1 },
    { objectId: 10, pixels: 3 },
  ]);
  expect(countPixels(Int32Array.of(-1, -1))).toEqual([]);
  expect(countPixels(new Int32Array(0))).toEqual([]);
});
