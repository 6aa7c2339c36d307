import { describe, expect, test } from "@jest/globals";
import type { Vec3 } from "@vsi/dataset";
import fc from "fast-check";
import {
  buildPointCloudTree,
  closestVertices,
  nearestVertex,
  selectByCoordinate,
  surfaceDistances,
} from "../../src/distances/pointClouds.ts";

describe("closestVertices", () => {
  const coordinate = fc.oneof(fc.integer({ min: -2, max: 2 }), fc.double({ min: -9, max: 9, noNaN: true }));
  const cloud = fc.array(fc.tuple(coordinate, coordinate, coordinate), { minLength: 1, maxLength: 120 });
  const shift = fc.double({ min: -20, max: 20, noNaN: true });

  function distance(a: Vec3, b: Vec3): number {
    return Math.sqrt((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2 + (a[2] - b[2]) ** 2);
  }

  test("finds the distance of a search through all pairs, and a pair that has it", () => {
    fc.assert(
      fc.property(cloud, cloud, shift, (first, unshifted, dx) => {
        const second = unshifted.map(([x, y, z]): Vec3 => [x + dx, y, z]);
        const found = closestVertices(buildPointCloudTree(first.flat()), buildPointCloudTree(second.flat()));
        const smallest = Math.min(...first.flatMap((a) => second.map((b) => distance(a, b))));
        expect(found.distance).toBe(smallest);
        expect(distance(first[found.first], second[found.second])).toBe(smallest);
      }),
      { numRuns: 300 },
    );
  });

  test("of several pairs that are equally close it takes the lowest index of the first cloud, then of the second", () => {
    const whole = fc.integer({ min: 0, max: 2 });
    const onGrid = fc.array(fc.tuple(whole, whole, whole), { minLength: 1, maxLength: 120 });
    fc.assert(
      fc.property(onGrid, onGrid, fc.constantFrom(0, 1, 3), (first, unshifted, dx) => {
        const second = unshifted.map(([x, y, z]): Vec3 => [x + dx, y, z]);
        let expected = { distance: Infinity, first: -1, second: -1 };
        for (const [i, a] of first.entries()) {
          for (const [j, b] of second.entries()) {
            if (distance(a, b) < expected.distance) expected = { distance: distance(a, b), first: i, second: j };
          }
        }
        expect(closestVertices(buildPointCloudTree(first.flat()), buildPointCloudTree(second.flat()))).toEqual(
          expected,
        );
      }),
      { numRuns: 300 },
    );
  });

  test("handles thousands of duplicates, one point and overlapping clouds", () => {
    const same = buildPointCloudTree(Array.from({ length: 5000 }, () => [1, 2, 3]).flat());
    const one = buildPointCloudTree([1, 2, 5]);
    expect(closestVertices(same, one).distance).toBe(2);
    expect(closestVertices(same, same)).toEqual({ distance: 0, first: 0, second: 0 });
    expect(closestVertices(one, one)).toEqual({ distance: 0, first: 0, second: 0 });
  });

  test("is Infinity, with no vertex, when a cloud is empty", () => {
    const empty = buildPointCloudTree([]);
    const one = buildPointCloudTree([1, 2, 3]);
    expect(closestVertices(empty, one)).toEqual({ distance: Infinity, first: -1, second: -1 });
    expect(closestVertices(one, empty)).toEqual({ distance: Infinity, first: -1, second: -1 });
  });
});

describe("nearestVertex", () => {
  const coordinate = fc.oneof(fc.integer({ min: -2, max: 2 }), fc.double({ min: -9, max: 9, noNaN: true }));
  const point = fc.tuple(coordinate, coordinate, coordinate);

  function distance(a: Vec3, b: Vec3): number {
    return Math.sqrt((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2 + (a[2] - b[2]) ** 2);
  }

  test("finds the distance of a search through all vertices, and a vertex that has it", () => {
    fc.assert(
      fc.property(fc.array(point, { minLength: 1, maxLength: 120 }), point, (cloud, from) => {
        const found = nearestVertex(buildPointCloudTree(cloud.flat()), from);
        const smallest = Math.min(...cloud.map((vertex) => distance(vertex, from)));
        expect(found.distance).toBe(smallest);
        expect(distance(cloud[found.vertex], from)).toBe(smallest);
      }),
      { numRuns: 300 },
    );
  });

  test("is Infinity, with no vertex, in an empty cloud", () => {
    expect(nearestVertex(buildPointCloudTree([]), [0, 0, 0])).toEqual({ distance: Infinity, vertex: -1 });
  });
});

describe("buildPointCloudTree", () => {
  const coordinate = fc.oneof(fc.integer({ min: -1, max: 1 }), fc.double({ min: -9, max: 9, noNaN: true }));
  const cloud = fc.array(fc.tuple(coordinate, coordinate, coordinate), { maxLength: 200 });

  test("holds every point once in its leaves, children share out their parent, bounds are tight", () => {
    fc.assert(
      fc.property(cloud, (original) => {
        const tree = buildPointCloudTree(original.flat());
        expect([...tree.indices].sort((a, b) => a - b)).toEqual([...original.keys()]);
        expect(tree.starts[0]).toBe(0);
        expect(tree.ends[0]).toBe(original.length);
        for (let node = 0; node < tree.starts.length; node += 1) {
          const members = [...tree.indices.subarray(tree.starts[node], tree.ends[node])].map(
            (index) => original[index],
          );
          for (let axis = 0; axis < 3; axis += 1) {
            const values = members.map((point) => point[axis]);
            expect(tree.bounds[6 * node + axis] === Math.min(...values)).toBe(true);
            expect(tree.bounds[6 * node + 3 + axis] === Math.max(...values)).toBe(true);
          }
          if (node >= tree.firstLeaf) continue;
          expect(tree.starts[2 * node + 1]).toBe(tree.starts[node]);
          expect(tree.starts[2 * node + 2]).toBe(tree.ends[2 * node + 1]);
          expect(tree.ends[2 * node + 2]).toBe(tree.ends[node]);
        }
      }),
    );
  });

  test("leaves the cloud as it was", () => {
    const positions = Float64Array.from({ length: 300 }, (_, index) => (index * 7919) % 101);
    const before = positions.slice();
    buildPointCloudTree(positions);
    expect(positions).toEqual(before);
  });
});

describe("selectByCoordinate", () => {
  const coordinate = fc.oneof(fc.integer({ min: -2, max: 2 }), fc.double({ noNaN: true, noDefaultInfinity: true }));

  test("puts smaller coordinates before and larger ones after the middle, moving whole points and their indices", () => {
    const cloud = fc.array(fc.tuple(coordinate, coordinate, coordinate), { minLength: 1, maxLength: 50 });
    fc.assert(
      fc.property(cloud, fc.nat(), fc.integer({ min: 0, max: 2 }), (original, pick, axis) => {
        const middle = pick % original.length;
        const points = Float64Array.from(original.flat());
        const indices = Uint32Array.from(original.keys());
        selectByCoordinate(points, indices, 0, original.length - 1, middle, axis);
        expect([...indices].sort((a, b) => a - b)).toEqual([...original.keys()]);
        for (const [place, index] of indices.entries()) {
          expect([...points.subarray(3 * place, 3 * place + 3)]).toEqual(original[index]);
          const difference = points[3 * place + axis] - points[3 * middle + axis];
          expect(place < middle ? difference <= 0 : difference >= 0).toBe(true);
        }
      }),
    );
  });

  test("touches nothing outside first and last, and ends on NaN", () => {
    const points = Float64Array.of(9, 0, 0, 3, 0, 0, Number.NaN, 0, 0, 1, 0, 0, -9, 0, 0);
    const indices = Uint32Array.of(0, 1, 2, 3, 4);
    selectByCoordinate(points, indices, 1, 3, 2, 0);
    expect([points[0], points[12], indices[0], indices[4]]).toEqual([9, -9, 0, 4]);
  });
});

describe("surfaceDistances", () => {
  test("lists every pair once, the smaller id first, with the vertices that are closest", () => {
    const clouds = [
      { id: 2, positions: [0, 0, 0, 1, 0, 0] },
      { id: 5, positions: [3, 0, 0] },
      { id: 9, positions: [1, 0, 4, 9, 9, 9] },
    ];
    expect(surfaceDistances(clouds)).toEqual([
      {
        a: 2,
        b: 5,
        distance_m: 2,
        closest: [
          [1, 0, 0],
          [3, 0, 0],
        ],
      },
      {
        a: 2,
        b: 9,
        distance_m: 4,
        closest: [
          [1, 0, 0],
          [1, 0, 4],
        ],
      },
      {
        a: 5,
        b: 9,
        distance_m: Math.sqrt(20),
        closest: [
          [3, 0, 0],
          [1, 0, 4],
        ],
      },
    ]);
  });

  test("names no vertices of an empty cloud", () => {
    const clouds = [
      { id: 1, positions: [] },
      { id: 2, positions: [0, 0, 0] },
    ];
    expect(surfaceDistances(clouds)).toEqual([{ a: 1, b: 2, distance_m: Infinity }]);
  });

  test("is empty for fewer than two objects", () => {
    expect(surfaceDistances([])).toEqual([]);
    expect(surfaceDistances([{ id: 1, positions: [0, 0, 0] }])).toEqual([]);
  });
});
