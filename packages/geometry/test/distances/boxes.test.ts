import { describe, expect, test } from "@jest/globals";
import type { OrientedBox, Vec3 } from "@vsi/dataset";
import fc from "fast-check";
import {
  boxDistance,
  boxesAreSeparated,
  closestBoxPoints,
  nearestBoxPoint,
  pointToBoxDistance,
} from "../../src/distances/boxes.ts";
import { distanceBounds, orientedBox, project } from "../support/orientedBoxes.ts";

const UPRIGHT: OrientedBox["axes"] = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
];

function upright(center: Vec3, size: Vec3): OrientedBox {
  return { center, size, axes: UPRIGHT };
}

const coordinate = fc.oneof(fc.integer({ min: -2, max: 2 }), fc.double({ min: -6, max: 6, noNaN: true }));

const point = fc.tuple(coordinate, coordinate, coordinate);

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
      if (upper - lower < 1e-6) decided += 1;
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

describe("closestBoxPoints", () => {
  const length = (a: Vec3, b: Vec3) => Math.hypot(...a.map((value, axis) => value - b[axis]));

  test("is a point of each box, boxDistance apart", () => {
    fc.assert(
      fc.property(orientedBox, orientedBox, (a, b) => {
        const [ofA, ofB] = closestBoxPoints(a, b);
        expect(length(ofA, project(ofA, a))).toBeLessThan(1e-9);
        expect(length(ofB, project(ofB, b))).toBeLessThan(1e-9);
        expect(Math.abs(length(ofA, ofB) - boxDistance(a, b))).toBeLessThan(1e-9);
      }),
      { numRuns: 500 },
    );
  });

  test("of boxes that overlap, if only at a corner, it is one point of both", () => {
    const share = fc.double({ min: -0.5, max: 0.5, noNaN: true });
    const place = fc.tuple(share, share, share);
    fc.assert(
      fc.property(orientedBox, orientedBox, place, place, (a, unmoved, inA, inB) => {
        const at = (box: OrientedBox, shares: Vec3): Vec3 =>
          box.center.map((value, k) =>
            box.axes.reduce((sum, axis, side) => sum + shares[side] * box.size[side] * axis[k], value),
          ) as Vec3;
        const [target, from] = [at(a, inA), at(unmoved, inB)];
        const b = { ...unmoved, center: unmoved.center.map((value, k) => value + target[k] - from[k]) as Vec3 };
        const [ofA, ofB] = closestBoxPoints(a, b);
        expect(length(ofA, ofB)).toBeLessThan(1e-9);
        expect(length(ofA, project(ofA, a))).toBeLessThan(1e-9);
        expect(length(ofA, project(ofA, b))).toBeLessThan(1e-9);
      }),
      { numRuns: 500 },
    );
  });

  test("by hand: corner to face, face to corner, edge to edge, and within", () => {
    const cube = upright([0, 0, 0], [2, 2, 2]);
    const half = Math.SQRT1_2;
    const onItsCorner: OrientedBox = {
      ...upright([3, 0, 0], [2, 2, 2]),
      axes: [
        [half, half, 0],
        [-half, half, 0],
        [0, 0, 1],
      ],
    };
    const [onFace, corner] = closestBoxPoints(cube, onItsCorner);
    expect([onFace[0], onFace[1]]).toEqual([1, expect.closeTo(0, 12)]);
    expect([corner[0], corner[1]]).toEqual([expect.closeTo(3 - Math.SQRT2, 12), expect.closeTo(0, 12)]);
    expect(closestBoxPoints(onItsCorner, cube)).toEqual([corner, onFace]);
    // Two crossing sticks, one a metre above the other.
    expect(closestBoxPoints(upright([0, 0, 0], [4, 0, 0]), upright([0, 0, 1], [0, 4, 0]))).toEqual([
      [0, 0, 0],
      [0, 0, 1],
    ]);
    expect(closestBoxPoints(cube, upright([0, 0, 0], [0, 0, 9]))).toEqual([
      [0, 0, 0],
      [0, 0, 0],
    ]);
  });
});

describe("nearestBoxPoint", () => {
  test("is where a convex solver projects to, as far away as pointToBoxDistance says", () => {
    fc.assert(
      fc.property(orientedBox, point, (box, from) => {
        const nearest = nearestBoxPoint(box, from);
        const projected = project(from, box);
        for (const axis of [0, 1, 2] as const) expect(nearest[axis]).toBeCloseTo(projected[axis], 9);
        const length = Math.hypot(...from.map((value, axis) => value - nearest[axis]));
        expect(length).toBeCloseTo(pointToBoxDistance(box, from), 9);
      }),
      { numRuns: 300 },
    );
  });
});

describe("boxesAreSeparated", () => {
  test("says so whenever a convex solver proves a gap", () => {
    fc.assert(
      fc.property(orientedBox, orientedBox, (a, b) => {
        fc.pre(distanceBounds(a, b).lower > 1e-6);
        expect(boxesAreSeparated(a, b)).toBe(true);
      }),
    );
  });

  test("never says so of boxes that share a point well inside both", () => {
    const inside = fc.double({ min: -0.45, max: 0.45, noNaN: true });
    const inner = fc.tuple(inside, inside, inside);
    fc.assert(
      fc.property(orientedBox, orientedBox, inner, inner, (a, b, fractionA, fractionB) => {
        fc.pre([...a.size, ...b.size].every((size) => size > 0));
        const offset = (box: OrientedBox, fraction: Vec3, k: number) =>
          box.axes.reduce((sum, axis, index) => sum + fraction[index] * box.size[index] * axis[k], 0);
        const center = a.center.map((value, k) => value + offset(a, fractionA, k) - offset(b, fractionB, k)) as Vec3;
        expect(boxesAreSeparated(a, { ...b, center })).toBe(false);
      }),
    );
  });

  test("sees a gap in the plane of two flat boxes, also with frames that differ", () => {
    const plate = (x: number, axes: OrientedBox["axes"]): OrientedBox => ({ center: [x, 0, 0], size: [1, 0, 0], axes });
    const turned: OrientedBox["axes"] = [
      [0, 1, 0],
      [-Math.SQRT1_2, 0, Math.SQRT1_2],
      [Math.SQRT1_2, 0, Math.SQRT1_2],
    ];
    const straight: OrientedBox["axes"] = [
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
    ];
    expect(boxesAreSeparated(plate(0, straight), plate(0.6, turned))).toBe(true);
    expect(boxesAreSeparated(plate(0, straight), plate(0.4, turned))).toBe(false);
  });
});

describe("pointToBoxDistance", () => {
  test("is the length to the box's nearest point, and the distance to a box of no size", () => {
    fc.assert(
      fc.property(orientedBox, point, (box, from) => {
        const nearest = project(from, box);
        const length = Math.hypot(...from.map((value, axis) => value - nearest[axis]));
        expect(pointToBoxDistance(box, from)).toBeCloseTo(length, 9);
        const dot: OrientedBox = { ...box, center: from, size: [0, 0, 0] };
        expect(pointToBoxDistance(box, from)).toBeCloseTo(boxDistance(box, dot), 9);
      }),
      { numRuns: 300 },
    );
  });

  test.each<[string, Vec3, number]>([
    ["inside", [0.5, 0, 0], 0],
    ["on a face", [1, 0, 0], 0],
    ["beside a face", [3, 1, 0], 2],
    ["off an edge", [4, 6, 0], 5],
    ["off a corner", [2, 4, 5], 3],
  ])("%s of a box of 2 x 4 x 6 metres", (_, from, expected) => {
    const axes: OrientedBox["axes"] = [
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
    ];
    expect(pointToBoxDistance({ center: [0, 0, 0], size: [2, 4, 6], axes }, from)).toBe(expected);
  });
});
