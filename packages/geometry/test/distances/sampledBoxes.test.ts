import { describe, expect, test } from "@jest/globals";
import type { OrientedBox, Vec3 } from "@vsi/dataset";
import fc from "fast-check";
import { boxDistance } from "../../src/distances/boxes.ts";
import {
  boxGrid,
  linearSpacing,
  sampleBox,
  sampledBoxDistance,
  sampledBoxPoints,
} from "../../src/distances/sampledBoxes.ts";
import { thrownError } from "../thrownError.ts";
import { benchmarkPoints, furnitureBox, sortedPoints } from "./benchmarkPoints.ts";
import { orientedBox, project } from "./orientedBoxes.ts";

const TURNED: OrientedBox = {
  center: [10, 20, 30],
  size: [4, 2, 1],
  axes: [
    [0, 1, 0],
    [-1, 0, 0],
    [0, 0, 1],
  ],
};

describe("boxGrid", () => {
  test("turns and moves the points of a box by hand", () => {
    const { local, world } = boxGrid(TURNED, [2, 1, 2]);
    expect([...local]).toEqual([-2, -1, -0.5, -2, -1, 0.5, 2, -1, -0.5, 2, -1, 0.5]);
    expect([...world]).toEqual([11, 18, 29.5, 11, 18, 30.5, 11, 22, 29.5, 11, 22, 30.5]);
  });

  test("is empty when an axis has no points", () => {
    expect(boxGrid(TURNED, [2, 0, 2])).toEqual({ local: new Float64Array(), world: new Float64Array() });
  });

  test("lies in the box, and the corners of the box are in the grid", () => {
    fc.assert(
      fc.property(orientedBox, (box) => {
        const { world } = boxGrid(box, [3, 2, 4]);
        expect(world).toHaveLength(3 * 24);
        for (let offset = 0; offset < world.length; offset += 3) {
          const point: [number, number, number] = [world[offset], world[offset + 1], world[offset + 2]];
          const nearest = project(point, box);
          expect(Math.hypot(...point.map((value, k) => value - nearest[k]))).toBeLessThan(1e-9);
        }
        for (let k = 0; k < 3; k++) {
          const along = box.axes.reduce((sum, axis, i) => sum + (axis[k] * box.size[i]) / 2, 0);
          expect(world[k]).toBeCloseTo(box.center[k] - along, 9);
          expect(world[world.length - 3 + k]).toBeCloseTo(box.center[k] + along, 9);
        }
      }),
    );
  });
});

describe("linearSpacing", () => {
  // The expected numbers are what numpy 2.4.6 prints for the same call.
  test("gives numpy.linspace's numbers to the last bit", () => {
    expect([...linearSpacing(-0.35, 0.35, 4)]).toEqual([-0.35, -0.11666666666666667, 0.11666666666666664, 0.35]);
    expect([...linearSpacing(0.5, 0.95, 10)]).toEqual([
      0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.8999999999999999, 0.95,
    ]);
  });

  test("of no, one and two numbers", () => {
    expect([...linearSpacing(-1, 1, 0)]).toEqual([]);
    expect([...linearSpacing(-1, 1, 1)]).toEqual([-1]);
    expect([...linearSpacing(-1, 1, 2)]).toEqual([-1, 1]);
  });

  test("ends exactly at both ends and never goes back", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1e-6, max: 100, noNaN: true }),
        fc.integer({ min: 2, max: 300 }),
        (length, count) => {
          const numbers = linearSpacing(-length / 2, length / 2, count);
          expect([numbers[0], numbers[count - 1]]).toEqual([-length / 2, length / 2]);
          expect(numbers.every((value, index) => index === 0 || value > numbers[index - 1])).toBe(true);
        },
      ),
    );
  });
});

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

const UPRIGHT: OrientedBox["axes"] = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
];

describe("sampledBoxPoints", () => {
  test("of a cube at the origin: the grid without its core, and no face lost", () => {
    const cube: OrientedBox = { center: [0, 0, 0], size: [4, 4, 4], axes: UPRIGHT };
    // -2, -1, 0, 1, 2 along each axis: the core -1..1 (exactly a quarter of the length) goes.
    const points = sortedPoints(sampledBoxPoints(cube, [5, 5, 5]));
    expect(points).toHaveLength(125 - 27);
    expect(points.filter((point) => point.some((value) => Math.abs(value) === 2))).toHaveLength(98);
  });

  test("of a stick: a point goes only when all three coordinates are in the core", () => {
    const stick: OrientedBox = { center: [0, 0, 0], size: [8, 1, 1], axes: UPRIGHT };
    expect(sortedPoints(sampledBoxPoints(stick, [5, 1, 1]))).toEqual([-4, -2, 0, 2, 4].map((x) => [x, -0.5, -0.5]));
  });

  test("of a turned box: the last test drops face points by rounding, and face points only", () => {
    const axes: OrientedBox["axes"] = [
      [Math.cos(1), Math.sin(1), 0],
      [-Math.sin(1), Math.cos(1), 0],
      [0, 0, 1],
    ];
    const counts: Vec3 = [12, 18, 11];
    const size: Vec3 = [0.6, 0.9, 0.55];
    const atOrigin = sampledBoxPoints({ center: [0, 0, 0], size, axes: UPRIGHT }, counts).length / 3;
    const turned = sampledBoxPoints({ center: [1.3, -2.7, 0.4], size, axes }, counts);
    // All but the core of 6 x 8 x 5 points; inside, not on a face, 10 x 16 x 9 are left of it.
    expect(atOrigin).toBe(12 * 18 * 11 - 6 * 8 * 5);
    const inside = 10 * 16 * 9 - 6 * 8 * 5;
    expect(turned.length / 3).toBeLessThan(atOrigin - 100);
    expect(turned.length / 3).toBeGreaterThan(inside + 100);
    const isOnFace = ([x, y, z]: Vec3) => {
      const offset: Vec3 = [x - 1.3, y + 2.7, z - 0.4];
      return axes.some((axis, i) => {
        const along = offset[0] * axis[0] + offset[1] * axis[1] + offset[2] * axis[2];
        return Math.abs(Math.abs(along) - size[i] / 2) < 1e-9;
      });
    };
    expect(sortedPoints(turned).filter((point) => !isOnFace(point))).toHaveLength(inside);
  });
});
