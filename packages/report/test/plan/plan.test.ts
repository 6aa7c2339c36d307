import { expect, test } from "@jest/globals";
import type { OrientedBox } from "@vsi/dataset";
import type { PlanPoint } from "@vsi/dataset/internal";
import fc from "fast-check";
import { footprint } from "../../src/plan/plan.ts";

function boxOf(size: [number, number, number], yaw: number): OrientedBox {
  const [cosine, sine] = [Math.cos(yaw), Math.sin(yaw)];
  return {
    center: [1, 2, 3],
    size,
    axes: [
      [cosine, sine, 0],
      [-sine, cosine, 0],
      [0, 0, 1],
    ],
  };
}

function areaOf(ring: readonly PlanPoint[]): number {
  return ring.reduce((sum, [x, y], index) => {
    const [nextX, nextY] = ring[(index + 1) % ring.length]!;
    return sum + (x * nextY - nextX * y) / 2;
  }, 0);
}

test("of an upright box: four corners, counter-clockwise, of its length times its width, however it is turned", () => {
  const length = fc.double({ min: 0.01, max: 10, noNaN: true });
  fc.assert(
    fc.property(length, length, length, fc.double({ min: 0, max: 7, noNaN: true }), (x, y, z, yaw) => {
      const ring = footprint(boxOf([x, y, z], yaw));
      expect(ring).toHaveLength(4);
      expect(areaOf(ring)).toBeCloseTo(x * y, 6);
    }),
  );
});

test("of a box tipped on its edge: as wide as its diagonal", () => {
  const half = Math.SQRT1_2;
  const ring = footprint({
    center: [0, 0, 0],
    size: [1, 1, 1],
    axes: [
      [half, 0, half],
      [0, 1, 0],
      [-half, 0, half],
    ],
  });
  expect(areaOf(ring)).toBeCloseTo(Math.SQRT2, 9);
});

test("of a box without a size there is at most its place", () => {
  for (const [x, y] of footprint(boxOf([0, 0, 0], 0.3))) expect([x, y]).toEqual([1, 2]);
});
