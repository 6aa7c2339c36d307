import { describe, expect, test } from "@jest/globals";
import type { Vec3 } from "@vsi/dataset";
import fc from "fast-check";
import { gravityBox } from "../../src/boxes/boxes.ts";
import { CORE_RULES, coreMemory, coreSize } from "../../src/boxes/core.ts";
import { axisAlignedBox, type GatheredObject, gatherObject } from "../../src/vertices.ts";

const UPRIGHT: [Vec3, Vec3, Vec3] = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
];

function core(points: readonly Vec3[], axes = UPRIGHT): Vec3 {
  return coreSize(objectOf(points), { axes });
}

function objectOf(points: readonly Vec3[]): GatheredObject {
  return gatherObject(points.flat(), Uint32Array.from(points.keys()));
}

/** The surface of a box with a corner at the origin, a vertex every `step` metres, turned about z and moved. */
function boxSurface([a, b, c]: Vec3, { step = 0.02, yaw = 0, at = [0, 0, 0] as Vec3 } = {}): Vec3[] {
  const along = (length: number) => Array.from({ length: Math.round(length / step) + 1 }, (_, index) => index * step);
  const inside = (value: number, length: number) => value > step / 2 && value < length - step / 2;
  return along(a)
    .flatMap((x) => along(b).flatMap((y) => along(c).map((z): Vec3 => [x, y, z])))
    .filter(([x, y, z]) => !(inside(x, a) && inside(y, b) && inside(z, c)))
    .map(([x, y, z]) => [
      at[0] + x * Math.cos(yaw) - y * Math.sin(yaw),
      at[1] + x * Math.sin(yaw) + y * Math.cos(yaw),
      at[2] + z,
    ]);
}

/** The definition, step by step: parts by looking at every two voxels, distances by sorting. */
function coreByDefinition(points: readonly Vec3[], edge: number): Vec3 {
  const places = points.map((point) => point.map((value) => Math.floor(value * (1 / edge))));
  const touch = (i: number, j: number) => places[i].every((place, axis) => Math.abs(place - places[j][axis]) <= 1);
  const partOf = points.map((_, index) => index);
  for (let changed = true; changed; ) {
    changed = false;
    for (const i of partOf.keys()) {
      for (const j of partOf.keys()) {
        if (partOf[j] <= partOf[i] || !touch(i, j)) continue;
        partOf[j] = partOf[i];
        changed = true;
      }
    }
  }
  const sizeOf = (part: number) => partOf.filter((other) => other === part).length;
  const largest = [...new Set(partOf)].reduce((best, part) => (sizeOf(part) > sizeOf(best) ? part : best));
  return extentOfNearest(points.filter((_, index) => partOf[index] === largest));
}

/** Without the farthest from the mean, of the vertices of one part. */
function extentOfNearest(members: readonly Vec3[]): Vec3 {
  const mean = [0, 1, 2].map((axis) => members.reduce((sum, point) => sum + point[axis], 0) / members.length);
  const squared = (point: Vec3) => point.reduce((sum, value, axis) => sum + (value - mean[axis]) ** 2, 0);
  const kept = members.length - Math.floor(members.length * CORE_RULES.dropped);
  const limit = members.map(squared).sort((a, b) => a - b)[kept - 1];
  const near = members.filter((point) => squared(point) <= limit);
  return [0, 1, 2].map((axis) => {
    const values = near.map((point) => point[axis]);
    return Math.max(...values) - Math.min(...values);
  }) as Vec3;
}

const STRAYS = fc.array(
  fc.tuple(fc.double({ min: 2, max: 6, noNaN: true }), fc.double({ min: -3, max: 3, noNaN: true })),
  {
    minLength: 1,
    maxLength: 20,
  },
);

describe("coreSize", () => {
  test.each([
    ["a cabinet", [1.2, 0.6, 0.8], 0],
    ["a turned cabinet", [1.2, 0.6, 0.8], 0.7],
    ["a picture", [0.9, 0.04, 0.6], 2],
    ["a rod", [2, 0.04, 0.04], 1],
    ["a mug", [0.1, 0.08, 0.08], 0.3],
  ] as const)("%s without strays is as large as its box, to 2 % of the longest side", (_, size, yaw) => {
    const points = boxSurface(size as unknown as Vec3, { yaw, at: [3.03, -1.07, 0.4] });
    const box = gravityBox(Float64Array.from(points.flat()));
    const found = core(points, box.axes);
    const truth = [...size].sort((a, b) => b - a);
    for (const axis of [0, 1, 2]) {
      expect(found[axis]).toBeLessThanOrEqual(box.size[axis] + 1e-9);
      expect(found[axis]).toBeGreaterThan(box.size[axis] - 0.02 * truth[0]);
    }
  });

  test("strays half a metre off or more move the box, and the core not by a micrometre", () => {
    const points = boxSurface([1.2, 0.6, 0.8]);
    const clean = core(points);
    fc.assert(
      fc.property(STRAYS, fc.boolean(), (strays, areFirst) => {
        const far = strays.map(([x, z]): Vec3 => [x, 0.3, z]);
        const all = areFirst ? [...far, ...points] : [...points, ...far];
        expect(axisAlignedBox(all.flat()).max[0]).toBeGreaterThan(1.9);
        expect(core(all)).toEqual(clean);
      }),
    );
  });

  test("single vertices of 2,000 that stick out at the corners, by less than a voxel, are left out", () => {
    const points = boxSurface([0.6, 0.4, 0.4]);
    expect(points.length).toBeGreaterThan(2000);
    const spikes: Vec3[] = [
      [0.69, 0.4, 0.4],
      [0.68, 0, 0.4],
    ];
    expect(core([...points, ...spikes])[0]).toBeLessThan(0.61);
  });

  test("under 200 vertices, none is left out", () => {
    const points = boxSurface([0.2, 0.1, 0.1], { step: 0.05 });
    expect(points.length).toBeLessThan(200);
    core([...points, [0.29, 0, 0]]).map((length, axis) => expect(length).toBeCloseTo([0.29, 0.1, 0.1][axis], 12));
  });

  test("equals the definition, taken step by step, for clouds of any kind", () => {
    const coordinate = fc.oneof(
      fc.double({ min: 0, max: 0.6, noNaN: true }),
      fc.double({ min: -2, max: 2, noNaN: true }),
      fc.integer({ min: -8, max: 8 }).map((tenths) => tenths / 10),
    );
    const point = fc.tuple(coordinate, coordinate, coordinate);
    const cloud = fc.array(point, { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(cloud, fc.constantFrom(1, 9), fc.array(point, { maxLength: 4 }), (points, repeats, single) => {
        // Repeated, vertices are not alone in their voxels, and from 200 on some are left out.
        const all = [...Array.from({ length: repeats }, () => points).flat(), ...single];
        const alone = (edge: number) => {
          const keys = all.map((point) => point.map((value) => Math.floor(value * (1 / edge))).join());
          return keys.filter((key) => keys.indexOf(key) === keys.lastIndexOf(key)).length / keys.length;
        };
        const edge = [0.1, 0.2].find((length) => alone(length) <= CORE_RULES.mostAlone) ?? 0.4;
        expect(core(all)).toEqual(coreByDefinition(all, edge));
      }),
    );
  });

  test("of thousands of vertices leaves out those that sorting by distance would, to the last bit", () => {
    // Few different coordinates, so that many are equally far; within two voxels each way, so that all are one part.
    const coordinate = fc.oneof(fc.integer({ min: 0, max: 9 }), fc.double({ min: 0, max: 9, noNaN: true }));
    const cloud = fc.array(fc.tuple(coordinate, coordinate, coordinate), { minLength: 600, maxLength: 3000 });
    fc.assert(
      fc.property(cloud, fc.boolean(), (points, isOrdered) => {
        const all = points.map(([x, y, z]): Vec3 => [x / 50, y / 50, z / 50]);
        // From the middle outwards, each is farther than those before.
        if (isOrdered) all.sort((a, b) => Math.hypot(...a) - Math.hypot(...b));
        expect(core(all)).toEqual(extentOfNearest(all));
      }),
      { numRuns: 30 },
    );
  });

  test("memory that other objects were measured in changes nothing", () => {
    const coordinate = fc.double({ min: -1.5, max: 1.5, noNaN: true });
    const cloud = fc.array(fc.tuple(coordinate, coordinate, coordinate), { minLength: 1, maxLength: 250 });
    fc.assert(
      fc.property(fc.array(cloud, { minLength: 2, maxLength: 5 }), (clouds) => {
        const memory = coreMemory(250);
        for (const points of clouds) {
          expect(coreSize(objectOf(points), { axes: UPRIGHT }, memory)).toEqual(core(points));
        }
      }),
    );
  });

  test("of two parts of the same size, the first vertex's counts", () => {
    const near = boxSurface([0.3, 0.1, 0.1], { step: 0.05 });
    const far = boxSurface([0.1, 0.1, 0.3], { step: 0.05, at: [5, 0, 0] });
    expect(near).toHaveLength(far.length);
    expect(core([...near, ...far])[0]).toBeCloseTo(0.3, 9);
    expect(core([...far, ...near])[2]).toBeCloseTo(0.3, 9);
  });

  test("a coarse mesh is one part: a table with a vertex every 25 cm", () => {
    const points = boxSurface([1.5, 1, 0.75], { step: 0.25 });
    core(points).map((length, axis) => expect(length).toBeCloseTo([1.5, 1, 0.75][axis], 9));
  });

  test("vertices thousands of kilometres apart take no more memory than a hall", () => {
    expect(core([...boxSurface([0.3, 0.1, 0.1], { step: 0.05 }), [4e6, -4e6, 1e5]])[2]).toBeLessThan(0.2);
  });

  test("one vertex has no size", () => {
    expect(core([[1, 2, 3]])).toEqual([0, 0, 0]);
  });
});
