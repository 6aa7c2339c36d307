import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { boxDistance } from "../../src/distances/boxDistance.ts";
import type { OrientedBox, Vec3 } from "../../src/sceneFacts.ts";
import { distanceBounds, orientedBox } from "./orientedBoxes.ts";

const UPRIGHT: OrientedBox["axes"] = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
];

function upright(center: Vec3, size: Vec3): OrientedBox {
  return { center, size, axes: UPRIGHT };
}

describe("boxDistance", () => {
  test("lies between the bounds of a convex solver, which meet in most cases", () => {
    // A fixed sample, so that the share of cases where the solver converges is one number, not a chance.
    const pairs = fc.sample(fc.tuple(orientedBox, orientedBox), { seed: 11, numRuns: 1500 });
    let decided = 0;
    for (const [a, b] of pairs) {
      const { lower, upper } = distanceBounds(a, b);
      const distance = boxDistance(a, b);
      expect(distance).toBeGreaterThan(lower - 1e-9);
      expect(distance).toBeLessThan(upper + 1e-9);
      if (upper - lower < 1e-6) decided++;
    }
    expect(decided / pairs.length).toBeGreaterThan(0.9);
  });

  test("is the same either way round and zero to itself", () => {
    fc.assert(
      fc.property(orientedBox, orientedBox, (a, b) => {
        expect(boxDistance(a, b)).toBeCloseTo(boxDistance(b, a), 10);
        expect(boxDistance(a, a)).toBeCloseTo(0, 10);
      }),
    );
  });

  test("between points, sticks and plates is what the drawing says", () => {
    const point = upright([0, 0, 0], [0, 0, 0]);
    expect(boxDistance(point, upright([1, 2, 2], [0, 0, 0]))).toBe(3);
    // Two crossing sticks, one a metre above the other: only the edges' insides are that close.
    expect(boxDistance(upright([0, 0, 0], [4, 0, 0]), upright([0, 0, 1], [0, 4, 0]))).toBe(1);
    // In one plane, one behind the other.
    expect(boxDistance(upright([0, 0, 0], [2, 0, 0]), upright([3, 0, 0], [2, 0, 0]))).toBe(1);
    // A plate above a plate.
    expect(boxDistance(upright([0, 0, 0], [2, 2, 0]), upright([0.5, 0.5, 3], [2, 2, 0]))).toBe(3);
  });

  test("is zero where a stick pierces a box without an end inside, and where boxes touch", () => {
    const cube = upright([0, 0, 0], [1, 1, 1]);
    expect(boxDistance(cube, upright([0, 0, 0], [0, 0, 9]))).toBe(0);
    expect(boxDistance(cube, upright([1, 0, 0], [1, 1, 1]))).toBe(0);
  });
});
