import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { nearestVertex } from "../../src/distances/nearestVertex.ts";
import { buildPointCloudTree } from "../../src/distances/pointCloudTree.ts";
import type { Vec3 } from "../../src/sceneFacts.ts";

const coordinate = fc.oneof(fc.integer({ min: -2, max: 2 }), fc.double({ min: -9, max: 9, noNaN: true }));
const point = fc.tuple(coordinate, coordinate, coordinate);

function distance(a: Vec3, b: Vec3): number {
  return Math.sqrt((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2 + (a[2] - b[2]) ** 2);
}

describe("nearestVertex", () => {
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
