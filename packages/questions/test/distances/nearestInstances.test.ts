import { expect, test } from "@jest/globals";
import { centroidDistance } from "@vsi/geometry";
import { nearestInstances } from "../../src/distances/nearestInstances.ts";
import { objectAt } from "../support/facts.ts";

const chairs = [objectAt(0, "chair", [0, 0, 0]), objectAt(1, "chair", [5, 0, 0])];
const doors = [objectAt(2, "door", [-3, 0, 0]), objectAt(3, "door", [7, 0, 0])];

test("the closest of all pairs", () => {
  const { a, b, distance_m } = nearestInstances(chairs, doors, centroidDistance);
  expect([a.id, b.id, distance_m]).toEqual([1, 3, 2]);
});

test("of equally close pairs the first", () => {
  const { a, b } = nearestInstances(chairs, doors, () => 1);
  expect([a.id, b.id]).toEqual([0, 2]);
});
