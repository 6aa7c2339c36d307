import { expect, test } from "@jest/globals";
import { refuseCameraDistance } from "../../src/tasks/refuseCameraDistance.ts";

test.each([
  [0, "camera-too-close", 0.2],
  [0.19, "camera-too-close", 0.2],
  [10.01, "camera-too-far", 10],
])("%d m is refused as %s", (distance, code, limit) => {
  expect(refuseCameraDistance(distance, [4], "The camera and the bed")).toEqual({
    code,
    message: expect.stringContaining(
      `The camera and the bed are ${limit === 10 ? "more" : "less"} than ${limit} m apart`,
    ),
    object_ids: [4],
    value: distance,
    limit,
    unit: "m",
  });
});

test.each([0.2, 3, 10])("%d m passes", (distance) => {
  expect(refuseCameraDistance(distance, [], "The two")).toBeNull();
});
