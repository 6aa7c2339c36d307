import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { sampleBox } from "../../src/distances/sampleBox.ts";
import type { OrientedBox, Vec3 } from "../../src/sceneFacts.ts";
import { thrownError } from "../thrownError.ts";
import { benchmarkPoints, furnitureBox, sortedPoints } from "./benchmarkPoints.ts";
import { orientedBox } from "./orientedBoxes.ts";

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

describe("sampleBox", () => {
  test("has exactly the points of the benchmark's rule, to the last bit", () => {
    fc.assert(
      fc.property(furnitureBox, (box) => {
        expect(sortedPoints(sampleBox(box).points)).toEqual(sortedPoints(benchmarkPoints(box).flat()));
      }),
      { numRuns: 60 },
    );
  });

  test("a box of one point has it in the corner at minus half its size", () => {
    expect([...sampleBox(upright([0, 0, 0], [0.05, 0.04, 0.03])).points]).toEqual([-0.025, -0.02, -0.015]);
  });

  test("a plate whose faces rounding drops is sampled again with half the spacing, until points lie inside it", () => {
    // 0.3 + 0.02 - 0.3 is over 0.02 in float64, and so it is on the other side.
    const center: Vec3 = [0, 0, 0.3];
    const plate = upright(center, [0.4, 0.4, 0.04]);
    const above = 0.3 + 0.02 - 0.3;
    const below = 0.3 - (0.3 - 0.02);
    expect(Math.min(above, below)).toBeGreaterThan(0.02);
    const heights = new Set(sortedPoints(sampleBox(plate).points).map((point) => point[2]));
    // 0.05 and 0.025 leave nothing; 0.0125 gives four heights, of which the middle two are inside.
    expect([...heights].map((height) => Number(height.toFixed(6)))).toEqual([0.293333, 0.306667]);
  });

  test("a box that has no points at any spacing gets the whole grid", () => {
    expect([...sampleBox(upright([1, 2, 3], [0, 0, 0])).points]).toEqual([1, 2, 3]);
    expect(sortedPoints(sampleBox(upright([0, 0, 0], [0.1, 0.1, 0])).points)).toEqual([
      [-0.05, -0.05, 0],
      [-0.05, 0.05, 0],
      [0.05, -0.05, 0],
      [0.05, 0.05, 0],
    ]);
    // As thin as a published box may be, and both faces lost to rounding: halving would need a grid of 10^13 points.
    expect(sampleBox(upright([0.1, 0.1, 0.3], [2, 2, 2e-6])).points).toHaveLength(3 * 40 * 40);
  });

  test("any box, flat or not, has finite points, and the tree holds them in float64", () => {
    fc.assert(
      fc.property(orientedBox, (box) => {
        const small = { ...box, size: box.size.map((length) => length / 4) as Vec3 };
        const { points, tree } = sampleBox(small);
        expect(points.length).toBeGreaterThan(0);
        expect(points.every(Number.isFinite)).toBe(true);
        expect(tree.points).toBe(points);
        expect(points).toBeInstanceOf(Float64Array);
      }),
      { numRuns: 50 },
    );
  });

  test.each<[string, OrientedBox, string, string]>([
    ["a length of 100 km", upright([0, 0, 0], [1e5, 1, 1]), "sampled-box-too-large", "box.size"],
    ["a flat field of 1 km2", upright([0, 0, 0], [1000, 1000, 0]), "sampled-box-too-large", "box.size"],
    ["a length whose square overflows", upright([0, 0, 0], [1e200, 1e200, 1e200]), "sampled-box-too-large", "box.size"],
    ["an infinite length", upright([0, 0, 0], [1, Infinity, 1]), "sampled-box-bad-number", "box.size, number 2"],
    ["a negative length", upright([0, 0, 0], [1, 1, -1]), "sampled-box-bad-number", "box.size, number 3"],
    ["a center of NaN", upright([Number.NaN, 0, 0], [1, 1, 1]), "sampled-box-bad-number", "box.center, number 1"],
    [
      "an axis of NaN",
      {
        ...upright([0, 0, 0], [1, 1, 1]),
        axes: [
          [1, 0, 0],
          [0, Number.NaN, 0],
          [0, 0, 1],
        ],
      },
      "sampled-box-bad-number",
      "box.axes, number 5",
    ],
  ])("%s is refused before anything is allocated", async (_, box, code, place) => {
    const error = await thrownError(() => sampleBox(box));
    expect([error?.code, error?.detail.place]).toEqual([code, place]);
  });
});
