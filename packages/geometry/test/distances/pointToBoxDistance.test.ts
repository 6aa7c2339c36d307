import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { boxDistance } from "../../src/distances/boxDistance.ts";
import { pointToBoxDistance } from "../../src/distances/pointToBoxDistance.ts";
import type { OrientedBox, Vec3 } from "../../src/sceneFacts.ts";
import { orientedBox, project } from "./orientedBoxes.ts";

const coordinate = fc.oneof(fc.integer({ min: -2, max: 2 }), fc.double({ min: -6, max: 6, noNaN: true }));
const point = fc.tuple(coordinate, coordinate, coordinate);

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
