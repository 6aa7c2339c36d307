import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { clipToNear } from "../../src/render/clipToNear.ts";

const coordinate = fc.double({ min: -5, max: 5, noNaN: true });
const triangle = fc.array(coordinate, { minLength: 9, maxLength: 9 });
const near = 0.5;

/** Area by the cross products around the first corner, of a flat polygon. */
function area(corners: ArrayLike<number>): number {
  const sum = [0, 0, 0];
  for (let last = 6; last < corners.length; last += 3) {
    const [u, v] = [last - 3, last].map((at) => [0, 1, 2].map((axis) => corners[at + axis] - corners[axis]));
    for (let axis = 0; axis < 3; axis++) {
      const [next, after] = [(axis + 1) % 3, (axis + 2) % 3];
      sum[axis] += u[next] * v[after] - u[after] * v[next];
    }
  }
  return Math.hypot(...sum) / 2;
}

test("what is kept lies in front, and together with what the other side keeps makes up the triangle", () => {
  fc.assert(
    fc.property(triangle, (corners) => {
      const kept = clipToNear(corners, near);
      for (let z = 2; z < kept.length; z += 3) expect(kept[z]).toBeGreaterThanOrEqual(near);
      // The mirror image in the plane z = 0 keeps what the plane z = near cuts away.
      const mirrored = corners.map((value, i) => (i % 3 === 2 ? -value : value));
      expect(area(kept) + area(clipToNear(mirrored, -near))).toBeCloseTo(area(corners), 6);
    }),
  );
});

test("a triangle in front is kept as it is, one behind leaves nothing", () => {
  const corners = [0, 0, 1, 1, 0, 1, 0, 1, 2];
  expect([...clipToNear(corners, near)]).toEqual(corners);
  expect(clipToNear(corners, 3)).toHaveLength(0);
});

test("two faces on both sides of an edge get bit for bit the same new corner on it", () => {
  fc.assert(
    fc.property(triangle, (corners) => {
      const [ax, ay, az, bx, by, bz] = corners;
      fc.pre(az >= near !== bz >= near);
      const across = clipToNear([bx, by, bz, ax, ay, az, -corners[6], corners[7], corners[8]], near);
      const pointsOf = (values: Float64Array) =>
        Array.from({ length: values.length / 3 }, (_, i) => values.slice(3 * i, 3 * i + 3).join());
      const shared = pointsOf(clipToNear(corners, near)).filter((corner) => pointsOf(across).includes(corner));
      // The end in front and the corner on the plane.
      expect(shared.length).toBeGreaterThanOrEqual(2);
    }),
  );
});
