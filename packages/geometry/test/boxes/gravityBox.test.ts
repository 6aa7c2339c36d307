import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { gravityBox } from "../../src/boxes/gravityBox.ts";
import type { Vec3 } from "../../src/sceneFacts.ts";
import { cloud, expectProperBox, expectTightAround } from "./boxProperties.ts";

/** Area of the rectangle around the points with a side at the given angle. */
function areaAtAngle(points: readonly Vec3[], angle: number): number {
  const along = points.map(([x, y]) => x * Math.cos(angle) + y * Math.sin(angle));
  const across = points.map(([x, y]) => y * Math.cos(angle) - x * Math.sin(angle));
  return (Math.max(...along) - Math.min(...along)) * (Math.max(...across) - Math.min(...across));
}

describe("gravityBox", () => {
  test("is proper, upright and tight, the longer side first, for every cloud, also flat, collinear or one point", () => {
    fc.assert(
      fc.property(cloud, (points) => {
        const box = gravityBox(points.flat());
        expectProperBox(box);
        expectTightAround(box, points);
        expect(box.axes[2]).toEqual([0, 0, 1]);
        expect(box.size[0]).toBeGreaterThanOrEqual(box.size[1]);
      }),
    );
  });

  test("has no larger area than the rectangle at any of 180 angles", () => {
    fc.assert(
      fc.property(cloud, (points) => {
        const [length, width] = gravityBox(points.flat()).size;
        for (let step = 0; step < 180; step++) {
          expect(length * width).toBeLessThan(areaAtAngle(points, (step * Math.PI) / 360) + 1e-9);
        }
      }),
    );
  });

  test("finds a box that was turned, whatever the order of its corners", () => {
    const angle = 0.4;
    const corners = [-1, 1].flatMap((u) =>
      [-0.25, 0.25].flatMap((v) =>
        [0.5, 1.25].map(
          (z): Vec3 => [
            3 + u * Math.cos(angle) - v * Math.sin(angle),
            4 + u * Math.sin(angle) + v * Math.cos(angle),
            z,
          ],
        ),
      ),
    );
    for (const order of [corners, corners.toReversed()]) {
      const box = gravityBox(order.flat());
      for (const [index, value] of [2, 0.5, 0.75].entries()) expect(box.size[index]).toBeCloseTo(value, 12);
      for (const [index, value] of [3, 4, 0.875].entries()) expect(box.center[index]).toBeCloseTo(value, 12);
      expect(box.axes[0][0]).toBeCloseTo(Math.cos(angle), 12);
      expect(box.axes[0][1]).toBeCloseTo(Math.sin(angle), 12);
    }
  });

  test("keeps millimetres a thousand kilometres from the origin", () => {
    const far = 1e6;
    const box = gravityBox([
      far,
      far,
      0,
      far + 0.5,
      far + 0.5,
      0,
      far + 0.25,
      far + 0.75,
      1,
      far - 0.25,
      far + 0.25,
      1,
    ]);
    expect(box.size[0]).toBeCloseTo(Math.SQRT1_2, 9);
    expect(box.size[1]).toBeCloseTo(Math.SQRT1_2 / 2, 9);
  });

  test("has axes of unit length where an edge of the hull is too short to tell its direction", () => {
    expectProperBox(gravityBox([1, 0, 0, 0, -2, 0, 0, -2e-323, 0, 4e-323, 6e-323, 0]));
  });
});
