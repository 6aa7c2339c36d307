import { expect, test } from "@jest/globals";
import { sensorIntrinsics } from "../../src/index.ts";
import { thrown } from "../thrown.ts";

test("at 640x480 ScanNet's depth camera; a quarter of the size sees the same angle", () => {
  const full = sensorIntrinsics(640, 480);
  expect(full).toEqual({ width: 640, height: 480, fx: 577.870605, fy: 577.870605, cx: 319.5, cy: 239.5 });
  const quarter = sensorIntrinsics(160, 120);
  expect(quarter.width / quarter.fx).toBeCloseTo(full.width / full.fx, 6);
  expect([quarter.cx, quarter.cy]).toEqual([79.5, 59.5]);
});

test.each([
  [0, 120],
  [160, -1],
  [160.5, 120],
  [Number.NaN, 120],
  [5000, 120],
])("%d x %d pixels are refused", (width, height) => {
  expect(thrown(() => sensorIntrinsics(width, height))).toMatchObject({ code: "frame-size" });
});
