import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { clipToNearPlane } from "../../src/visibility/clipToNearPlane.ts";

const coordinate = fc.oneof(fc.integer({ min: -2, max: 2 }), fc.double({ min: -5, max: 5, noNaN: true }));
const triangle = fc.array(coordinate, { minLength: 9, maxLength: 9 });

/** Twice the polygon's area as seen from above (x and y), with its sign. */
function turn(polygon: readonly number[]): number {
  let sum = 0;
  for (let at = 0; at < polygon.length; at += 3) {
    const next = (at + 3) % polygon.length;
    sum += polygon[at] * polygon[next + 1] - polygon[next] * polygon[at + 1];
  }
  return sum;
}

describe("clipToNearPlane", () => {
  test("what is kept before the plane and what is kept behind it make up the triangle", () => {
    fc.assert(
      fc.property(triangle, (corners) => {
        // A triangle in the plane itself is kept by both cuts.
        fc.pre(corners[2] !== 1 || corners[5] !== 1 || corners[8] !== 1);
        const behind = clipToNearPlane(corners, 1);
        // The same cut from the other side: z mirrored at the plane.
        const before = clipToNearPlane(
          corners.map((value, at) => (at % 3 === 2 ? 2 - value : value)),
          1,
        );
        expect(turn(behind) + turn(before)).toBeCloseTo(turn(corners), 8);
        for (let at = 2; at < behind.length; at += 3) expect(behind[at]).toBeGreaterThanOrEqual(1);
        expect([0, 3, 6, 9, 12]).toContain(behind.length);
      }),
    );
  });

  test("leaves a triangle behind the plane as it is and nothing of one before it", () => {
    const corners = [0, 0, 1, 1, 0, 2, 0, 1, 3];
    expect(clipToNearPlane(corners, 1)).toEqual(corners);
    expect(clipToNearPlane(corners, 4)).toEqual([]);
  });
});
