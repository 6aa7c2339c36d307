import { expect, test } from "@jest/globals";
import { VSI_100K } from "../../src/protocols/vsi100k.ts";
import { VSI_BENCH } from "../../src/protocols/vsiBench.ts";
import { refuseGaps } from "../../src/types/choices.ts";

const choices = (distances: number[]) =>
  distances.map((distance_m, index) => ({ label: `thing ${index}`, distance_m }));

test.each([
  ["the two nearest alike", [1, 1.1, 2, 3], 20, VSI_BENCH, "nearest-too-close"],
  ["the two farthest alike", [1, 2, 3, 3.1], 20, VSI_BENCH, "distances-too-close"],
  ["the two farthest alike, where the nearest alone count", [1, 2, 3, 3.1], 20, VSI_100K, undefined],
  ["0.2 m in a small room", [1, 1.2, 2, 3], 40, VSI_BENCH, undefined],
  ["0.2 m in a large room", [1, 1.2, 2, 3], 41, VSI_BENCH, "nearest-too-close"],
])("%s", (_, distances, area, protocol, code) => {
  expect(refuseGaps(choices(distances), "camera", area, protocol)?.code).toBe(code);
});

test("the refusal tells the gap, the limit and what was measured to", () => {
  const refusal = refuseGaps(choices([1, 2, 3, 3.125]), "camera in 000030.jpg", 20, VSI_BENCH);
  expect(refusal).toMatchObject({ value: 0.125, limit: 0.15, unit: "m" });
  expect(refusal!.message).toMatch(/thing 2 and thing 3, to the camera in 000030\.jpg/);
});
