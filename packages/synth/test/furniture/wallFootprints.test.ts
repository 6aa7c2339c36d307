import { expect, test } from "@jest/globals";
import { wallFootprints } from "../../src/furniture/wallFootprints.ts";

test("a strip along each wall, as long as the wall, from its middle to both sides", () => {
  const strips = wallFootprints(
    [
      [0, 0],
      [4, 0],
      [4, 3],
    ],
    0.1,
  );
  expect(strips.map(({ center, width, depth }) => ({ center, width, depth }))).toEqual([
    { center: [2, 0], width: 4, depth: 0.2 },
    { center: [4, 1.5], width: 3, depth: 0.2 },
    { center: [2, 1.5], width: 5, depth: 0.2 },
  ]);
  expect(strips.map(({ yaw }) => yaw)).toEqual([0, Math.PI / 2, Math.atan2(-3, -4)]);
});
