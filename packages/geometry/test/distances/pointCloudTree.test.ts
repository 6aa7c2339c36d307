import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { buildPointCloudTree } from "../../src/distances/pointCloudTree.ts";

const coordinate = fc.oneof(fc.integer({ min: -1, max: 1 }), fc.double({ min: -9, max: 9, noNaN: true }));
const cloud = fc.array(fc.tuple(coordinate, coordinate, coordinate), { maxLength: 200 });

describe("buildPointCloudTree", () => {
  test("holds every point once in its leaves, children share out their parent, bounds are tight", () => {
    fc.assert(
      fc.property(cloud, (original) => {
        const tree = buildPointCloudTree(original.flat());
        expect([...tree.indices].sort((a, b) => a - b)).toEqual([...original.keys()]);
        expect(tree.starts[0]).toBe(0);
        expect(tree.ends[0]).toBe(original.length);
        for (let node = 0; node < tree.starts.length; node++) {
          const members = [...tree.indices.subarray(tree.starts[node], tree.ends[node])].map(
            (index) => original[index],
          );
          for (let axis = 0; axis < 3; axis++) {
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
