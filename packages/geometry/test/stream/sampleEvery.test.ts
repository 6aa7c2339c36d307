import { expect, test } from "@jest/globals";
import { sampleEvery } from "../../src/stream/sampleEvery.ts";

test("counts the frames that may be taken, not their numbers", () => {
  expect(sampleEvery([4, 5, 9, 10, 11], 2)).toEqual([4, 9, 11]);
  expect(sampleEvery([4, 5, 9], 1)).toEqual([4, 5, 9]);
  expect(sampleEvery([4, 5, 9], 100)).toEqual([4]);
  expect(sampleEvery([], 3)).toEqual([]);
});
