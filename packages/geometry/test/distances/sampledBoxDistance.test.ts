import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { boxDistance } from "../../src/distances/boxDistance.ts";
import { sampleBox } from "../../src/distances/sampleBox.ts";
import { sampledBoxDistance } from "../../src/distances/sampledBoxDistance.ts";
import type { OrientedBox, Vec3 } from "../../src/sceneFacts.ts";
import { benchmarkPoints, furnitureBox } from "./benchmarkPoints.ts";

function upright(center: Vec3, size: Vec3): OrientedBox {
  return {
    center,
    size,
    axes: [
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
    ],
  };
}

function distance(a: OrientedBox, b: OrientedBox): number {
  return sampledBoxDistance(sampleBox(a), sampleBox(b));
}

/** Every point against every point. */
function smallest(first: Vec3[], second: Vec3[]): number {
  let best = Infinity;
  for (const a of first) {
    for (const b of second) {
      const [dx, dy, dz] = [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
      best = Math.min(best, dx * dx + dy * dy + dz * dz);
    }
  }
  return Math.sqrt(best);
}

const smallBox = furnitureBox.map((box) => ({ ...box, size: box.size.map((length) => length / 2) as Vec3 }));

describe("sampledBoxDistance", () => {
  test("is the benchmark's, computed from its description point by point", () => {
    fc.assert(
      fc.property(smallBox, smallBox, (a, b) => {
        expect(distance(a, b)).toBe(smallest(benchmarkPoints(a), benchmarkPoints(b)));
      }),
      { numRuns: 60 },
    );
  });

  test("is the same either way round, 0 to itself, and never shorter than the boxes' distance", () => {
    fc.assert(
      fc.property(furnitureBox, furnitureBox, (a, b) => {
        expect(distance(a, b)).toBe(distance(b, a));
        expect(distance(a, a)).toBe(0);
        expect(distance(a, b)).toBeGreaterThan(boxDistance(a, b) - 1e-9);
      }),
      { numRuns: 60 },
    );
  });

  test("of boxes by hand: exact where no face is lost, and between points where boxes cross", () => {
    // Powers of two: no rounding anywhere, all faces stay.
    expect(distance(upright([0, 0, 0], [1, 1, 1]), upright([2, 0, 0], [1, 1, 1]))).toBe(1);
    // One point each, in the corner at minus half the size.
    expect(
      distance(upright([0, 0, 0], [0.03125, 0.03125, 0.03125]), upright([3, 4, 0], [0.03125, 0.03125, 0.03125])),
    ).toBe(5);
    // Crossing sticks: their nearest points, along their edges, miss each other by 1/32 m in x and in y.
    const crossing = distance(upright([0, 0, 0], [0.25, 0.0625, 0.0625]), upright([0, 0, 0], [0.0625, 0.25, 0.0625]));
    expect(crossing).toBe(Math.sqrt(2) / 32);
  });

  test("is longer than the boxes' distance by what the lost face points leave open", () => {
    // Both points on the faces towards each other go: 0.3 + 0.1 - 0.3 is over 0.1.
    const [a, b] = [upright([0.3, 0, 0], [0.2, 0.2, 0.2]), upright([1.3, 0, 0], [0.2, 0.2, 0.2])];
    const longer = distance(a, b) - boxDistance(a, b);
    expect(longer).toBeCloseTo(smallest(benchmarkPoints(a), benchmarkPoints(b)) - 0.8, 12);
    expect(longer).toBeGreaterThan(0.05);
    expect(smallest(benchmarkPoints(a, false), benchmarkPoints(b, false))).toBeCloseTo(0.8, 12);
  });
});
