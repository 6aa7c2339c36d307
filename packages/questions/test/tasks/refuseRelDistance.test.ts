import { describe, expect, test } from "@jest/globals";
import { VSI_100K } from "../../src/protocols/vsi100k.ts";
import { VSI_BENCH } from "../../src/protocols/vsiBench.ts";
import { refuseRelDistance } from "../../src/tasks/refuseRelDistance.ts";
import { objectAt } from "../support/facts.ts";

const target = objectAt(0, "target", [0, 0, 0]);
const pairs = (distances: number[]) =>
  distances.map((distance_m, index) => ({
    a: target,
    b: objectAt(index + 1, `thing ${index + 1}`, [distance_m, 0, 0]),
    distance_m,
  }));

describe("vsi-bench", () => {
  test.each([
    ["the nearest 0.1 m away", [0.1, 1, 2, 3], 20, "objects-too-close", 0.1, 0.15],
    ["the two nearest alike", [1, 1.1, 2, 3], 20, "nearest-too-close", 0.1, 0.15],
    ["the two farthest alike", [1, 2, 3, 3.1], 20, "distances-too-close", 0.1, 0.15],
    ["a gap of just the limit", [0.15, 0.3, 2, 3], 20, "nearest-too-close", 0.15, 0.15],
    ["a gap of 0.2 m in a large room", [1, 1.2, 2, 3], 40.1, "nearest-too-close", 0.2, 0.3],
    ["two others 0.2 m apart in a large room", [1, 2, 2.2, 3], 40.1, "distances-too-close", 0.2, 0.3],
  ])("%s: refused", (_, distances, area, code, value, limit) => {
    const refusal = refuseRelDistance(pairs(distances), area, VSI_BENCH);
    expect(refusal).toMatchObject({ code, limit, unit: "m", object_ids: [0, 1, 2, 3, 4] });
    expect(refusal!.value).toBeCloseTo(value, 12);
  });

  test("nearest at the limit, gaps over it: passed; a room of 40 m2 is not large", () => {
    expect(refuseRelDistance(pairs([0.15, 0.4, 0.6, 0.8]), 40, VSI_BENCH)).toBeNull();
  });
});

test("vsi-100k looks at the two nearest alone, and not at how near they are", () => {
  expect(refuseRelDistance(pairs([0, 0.2, 0.2, 0.2]), 20, VSI_100K)).toBeNull();
  expect(refuseRelDistance(pairs([0, 0.1, 2, 3]), 20, VSI_100K)).toMatchObject({ code: "nearest-too-close" });
});
