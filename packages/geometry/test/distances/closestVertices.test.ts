import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { closestVertices } from "../../src/distances/closestVertices.ts";
import { buildPointCloudTree } from "../../src/distances/pointCloudTree.ts";
import type { Vec3 } from "../../src/sceneFacts.ts";

const coordinate = fc.oneof(fc.integer({ min: -2, max: 2 }), fc.double({ min: -9, max: 9, noNaN: true }));
const cloud = fc.array(fc.tuple(coordinate, coordinate, coordinate), { minLength: 1, maxLength: 120 });
const shift = fc.double({ min: -20, max: 20, noNaN: true });

function distance(a: Vec3, b: Vec3): number {
  return Math.sqrt((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2 + (a[2] - b[2]) ** 2);
}

describe("closestVertices", () => {
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

  test("handles thousands of duplicates, one point and overlapping clouds", () => {
    const same = buildPointCloudTree(Array.from({ length: 5000 }, () => [1, 2, 3]).flat());
    const one = buildPointCloudTree([1, 2, 5]);
    expect(closestVertices(same, one).distance).toBe(2);
    expect(closestVertices(same, same).distance).toBe(0);
    expect(closestVertices(one, one)).toEqual({ distance: 0, first: 0, second: 0 });
  });

  test("is Infinity, with no vertex, when a cloud is empty", () => {
    const empty = buildPointCloudTree([]);
    const one = buildPointCloudTree([1, 2, 3]);
    expect(closestVertices(empty, one)).toEqual({ distance: Infinity, first: -1, second: -1 });
    expect(closestVertices(one, empty)).toEqual({ distance: Infinity, first: -1, second: -1 });
  });
});
