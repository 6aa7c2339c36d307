import { expect, test } from "@jest/globals";
import { boxPatches } from "../../src/mesh/patches.ts";

test("six faces of the box's surface area, every front looking away from its middle", () => {
  const faces = boxPatches({ min: [1, 2, 3], max: [2, 4, 6] });
  const middle = [1.5, 3, 4.5];
  let area = 0;
  for (const { origin, u, v } of faces) {
    const normal = [u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0]];
    const outwards = normal.reduce((sum, n, i) => sum + n * (origin[i] + (u[i] + v[i]) / 2 - middle[i]), 0);
    expect(outwards).toBeGreaterThan(0);
    area += Math.hypot(...normal);
  }
  expect(faces.length).toBe(6);
  expect(area).toBeCloseTo(2 * (1 * 2 + 2 * 3 + 1 * 3), 12);
});
