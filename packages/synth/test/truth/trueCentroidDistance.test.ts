import { expect, test } from "@jest/globals";
import { trueCentroidDistance } from "../../src/index.ts";
import { truthOf } from "./truthOf.ts";

const truth = truthOf(["bed", [1, 1, 1]], ["tv", [3, 4, 7]], ["chair", [1, 1, 1]], ["chair", [2, 2, 2]]);

test("is Pythagoras in three dimensions (2, 3, 6 gives 7), both ways", () => {
  expect(trueCentroidDistance(truth, "bed", "tv")).toBeCloseTo(7, 12);
  expect(trueCentroidDistance(truth, "tv", "bed")).toBeCloseTo(7, 12);
});

test("a label that occurs twice has no distance", () => {
  expect(() => trueCentroidDistance(truth, "bed", "chair")).toThrow(/label "chair" in scene9000_00: got 2 objects/);
});
