import { expect, test } from "@jest/globals";
import { projectPoints } from "../../src/render/projectPoints.ts";

test("the pinhole formula, with whole numbers at the pixels' centres", () => {
  const intrinsics = { width: 640, height: 480, fx: 500, fy: 400, cx: 319.5, cy: 239.5 };
  const { columns, rows, inverseDepths } = projectPoints(Float64Array.of(0, 0, 3, 1, -0.5, 2), intrinsics);
  expect([...columns]).toEqual([319.5, 569.5]);
  expect([...rows]).toEqual([239.5, 139.5]);
  expect([...inverseDepths]).toEqual([1 / 3, 0.5]);
});
