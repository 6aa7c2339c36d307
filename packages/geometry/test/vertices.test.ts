import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { centroidDistance } from "../src/distances/boxes.ts";
import { buildPointCloudTree, nearestVertex } from "../src/distances/pointClouds.ts";
import {
  alignAndBound,
  alignPositions,
  axisAlignedBox,
  centroid,
  closestVertexDistance,
  gatherObject,
  gatherPositions,
  valueOfRank,
} from "../src/vertices.ts";

describe("axisAlignedBox", () => {
  test("is the minimum and maximum of each coordinate", () => {
    const coordinate = fc.double({ noNaN: true, noDefaultInfinity: true });
    fc.assert(
      fc.property(fc.array(fc.tuple(coordinate, coordinate, coordinate), { minLength: 1 }), (points) => {
        const { min, max } = axisAlignedBox(points.flat());
        for (let axis = 0; axis < 3; axis += 1) {
          const sorted = points.map((point) => point[axis]).sort((a, b) => a - b);
          expect(min[axis] === sorted[0] && max[axis] === sorted.at(-1)).toBe(true);
        }
      }),
    );
  });

  test("is a point for one vertex and infinite for none", () => {
    expect(axisAlignedBox([1, 2, 3])).toEqual({ min: [1, 2, 3], max: [1, 2, 3] });
    expect(axisAlignedBox([]).min).toEqual([Infinity, Infinity, Infinity]);
  });
});

describe("centroid", () => {
  test("is the mean of the vertices, not the middle of their box", () => {
    expect(centroid([0, 0, 0, 0, 0, 0, 3, 6, 9])).toEqual([1, 2, 3]);
    expect(centroid([4, 5, 6])).toEqual([4, 5, 6]);
  });

  test("adds float32 vertices in float64", () => {
    const far = Float32Array.from({ length: 3 * 100_000 }, () => 1000.1);
    expect(centroid(far)[0]).toBeCloseTo(Math.fround(1000.1), 9);
  });

  test("regression: of no vertices, or of one that is not a number, NaN went on", () => {
    expect(() => centroid([])).toThrow("centroid(): positions: got a list of 0");
    expect(() => centroid([0, Number.NaN, 0])).toThrow("expected finite numbers");
  });
});

describe("centroidDistance", () => {
  test("is the length of the way in three dimensions, either way round", () => {
    const shower = { centroid: [1, 2, 3] as [number, number, number] };
    const counter = { centroid: [3, 5, 9] as [number, number, number] };
    expect(centroidDistance(shower, counter)).toBe(7);
    expect(centroidDistance(counter, shower)).toBe(7);
    expect(centroidDistance(shower, shower)).toBe(0);
  });
});

describe("gatherPositions", () => {
  test("copies the vertices asked for, in the order asked for", () => {
    const positions = [0, 1, 2, 10, 11, 12, 20, 21, 22];
    expect([...gatherPositions(positions, Uint32Array.of(2, 0, 2))]).toEqual([20, 21, 22, 0, 1, 2, 20, 21, 22]);
    expect(gatherPositions(positions, new Uint32Array(0))).toHaveLength(0);
  });
});

describe("gatherObject", () => {
  test("tells what axisAlignedBox and centroid tell of the gathered vertices, to the last bit", () => {
    const scan = fc.array(fc.double({ min: -50, max: 50, noNaN: true }), { minLength: 3, maxLength: 90 });
    fc.assert(
      fc.property(scan, fc.array(fc.nat(), { minLength: 1 }), (numbers, picks) => {
        const count = Math.floor(numbers.length / 3);
        const vertices = Uint32Array.from(picks, (pick) => pick % count);
        const { positions, bounds, mean } = gatherObject(numbers, vertices);
        expect(bounds).toEqual(axisAlignedBox(positions));
        expect(mean).toEqual(centroid(positions));
      }),
    );
  });
});

describe("valueOfRank", () => {
  test("is what stands there when all are sorted, with equal values too", () => {
    // Few different values, so that many are equal; or any.
    const value = fc.oneof(fc.integer({ min: 0, max: 3 }), fc.double({ noNaN: true, noDefaultInfinity: true }));
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 200 }), fc.nat(), (values, pick) => {
        const rank = pick % values.length;
        const sorted = Float64Array.from(values).sort();
        // "+ 0": sort puts -0 before 0, which are the same height.
        expect(valueOfRank(Float64Array.from(values), rank) + 0).toBe((sorted[rank] ?? Number.NaN) + 0);
      }),
    );
  });
});

const coordinate = fc.float({ min: -50, max: 50, noNaN: true });

const yawAndShift = fc.tuple(
  fc.double({ min: -Math.PI, max: Math.PI, noNaN: true }),
  fc.double({ min: -10, max: 10, noNaN: true }),
);

function rowMajorYaw(angle: number, shift: number): Float64Array {
  const cosine = Math.cos(angle);
  const sine = Math.sin(angle);
  return Float64Array.of(cosine, sine, 0, shift, -sine, cosine, 0, 2 * shift, 0, 0, 1, -shift, 0, 0, 0, 1);
}

describe("alignPositions", () => {
  test("multiplies each vertex by the row-major matrix, as worked out by hand", () => {
    const quarterTurn = [0, -1, 0, 10, 1, 0, 0, 20, 0, 0, 1, 30, 0, 0, 0, 1];
    expect([...alignPositions([1, 2, 3, 0, 0, 0], quarterTurn)]).toEqual([8, 21, 33, 10, 20, 30]);
  });

  test("agrees with the product written as sums over rows, in float64", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(coordinate, coordinate, coordinate)), yawAndShift, (points, [angle, shift]) => {
        const m = rowMajorYaw(angle, shift);
        const aligned = alignPositions(Float32Array.from(points.flat()), m);
        const expected = points.flatMap((point) =>
          [0, 4, 8].map((row) => point.reduce((sum, value, k) => sum + m[row + k] * value, m[row + 3])),
        );
        expect(aligned).toHaveLength(expected.length);
        for (const [index, value] of expected.entries()) expect(aligned[index]).toBeCloseTo(value, 11);
      }),
    );
  });

  test("moves and bounds every vertex of a mesh of thousands, which is taken in stretches", () => {
    const m = rowMajorYaw(0.3, 2);
    for (const count of [1023, 1024, 1025, 3000]) {
      const mesh = Float32Array.from({ length: 3 * count }, (_, index) => ((index * 7919) % 1009) / 100);
      const { positions, bounds } = alignAndBound(mesh, m);
      expect(bounds).toEqual(axisAlignedBox(positions));
      for (let offset = 0; offset < mesh.length; offset += 3) {
        expect([...positions.subarray(offset, offset + 3)]).toEqual([
          ...alignPositions(mesh.slice(offset, offset + 3), m),
        ]);
      }
    }
  });

  test("leaves the input as it was, and copies it unchanged without an alignment", () => {
    const positions = Float32Array.of(1.5, -2.25, 3);
    const aligned = alignPositions(positions, null);
    expect([...aligned]).toEqual([1.5, -2.25, 3]);
    alignPositions(positions, rowMajorYaw(1, 1));
    expect([...positions]).toEqual([1.5, -2.25, 3]);
    aligned[0] = 9;
    expect(positions[0]).toBe(1.5);
  });

  test("divides by what a last row that is off by rounding gives, as a projection does", () => {
    const nearlyAffine = [1, 0, 0, 2, 0, 1, 0, 4, 0, 0, 1, 6, 0, 0, 0, 1 + 2 ** -20];
    const w = 1 + 2 ** -20;
    expect([...alignPositions([1, 2, 3], nearlyAffine)]).toEqual([3 / w, 6 / w, 9 / w]);
  });

  test("gives no vertex for no vertex", () => {
    expect(alignPositions([], rowMajorYaw(1, 1))).toHaveLength(0);
  });
});

describe("closestVertexDistance", () => {
  test("is what a tree of the same vertices finds", () => {
    const coordinate = fc.double({ min: -5, max: 5, noNaN: true });
    const point = fc.tuple(coordinate, coordinate, coordinate);
    fc.assert(
      fc.property(fc.array(fc.tuple(point, fc.boolean()), { minLength: 1, maxLength: 60 }), point, (all, camera) => {
        const positions = Float64Array.from(all.flatMap(([vertex]) => vertex));
        const chosen = all.flatMap(([, isChosen], index) => (isChosen || index === 0 ? [index] : []));
        const tree = buildPointCloudTree(chosen.flatMap((index) => all[index][0]));
        const found = closestVertexDistance(positions, Uint32Array.from(chosen), camera);
        expect(found).toBeCloseTo(nearestVertex(tree, camera).distance, 12);
      }),
    );
  });
});
