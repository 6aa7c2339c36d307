import { expect, test } from "@jest/globals";
import { largestArea } from "../../src/camera/largestArea.ts";

test("the part with the most points; the first of equal ones; none of no floor", () => {
  expect(largestArea({ neighbours: [[3], [2, 4], [1], [0], [1]] })).toEqual([1, 2, 4]);
  expect(largestArea({ neighbours: [[2], [3], [0], [1]] })).toEqual([0, 2]);
  expect(largestArea({ neighbours: [[]] })).toEqual([0]);
  expect(largestArea({ neighbours: [] })).toEqual([]);
});
