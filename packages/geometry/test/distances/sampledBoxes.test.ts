import { describe, expect, test } from "@jest/globals";
import type { OrientedBox, Vec3 } from "@vsi/dataset";
import fc from "fast-check";
import { boxDistance } from "../../src/distances/boxes.ts";
import { closestSampledPoints, sampleBox, sampledBoxDistance } from "../../src/distances/sampledBoxes.ts";
import { benchmarkPoints, furnitureBox, sortedPoints } from "../support/benchmarkPoints.ts";
import { orientedBox } from "../support/orientedBoxes.ts";
import { thrownError } from "../support/thrownError.ts";

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

describe("closestSampledPoints", () => {
  test("are a sampled point of each box, sampledBoxDistance apart", () => {
    fc.assert(
      fc.property(smallBox, smallBox, (one, two) => {
        const [a, b] = [sampleBox(one), sampleBox(two)];
        const closest = closestSampledPoints(a, b);
        for (const [side, { points }] of [a, b].entries()) {
          const samples = sortedPoints(points).map(String);
          expect(samples).toContain(String(closest[side]));
        }
        expect(smallest([closest[0]], [closest[1]])).toBe(sampledBoxDistance(a, b));
      }),
      { numRuns: 40 },
    );
  });
});

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
