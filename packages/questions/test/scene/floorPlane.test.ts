import { expect, test } from "@jest/globals";
import type { Vec3 } from "@vsi/geometry";
import fc from "fast-check";
import { floorDistance, signedAngle } from "../../src/scene/floorPlane.ts";

const origin: Vec3 = [0, 0, 0];
const north: Vec3 = [0, 2, 0];

test.each<[string, Vec3, number]>([
  ["left", [-1, 0, 5], 90],
  ["right", [1, 0, -5], -90],
  ["ahead", [0, 7, 1], 0],
  ["behind", [0, -1, 1], 180],
  ["front left", [-1, 1, 0], 45],
  ["back right", [1, -1, 0], -135],
])("facing north, %s", (_, querying, angle) => {
  expect(Math.abs(signedAngle(origin, north, querying))).toBeCloseTo(Math.abs(angle), 10);
  expect(Math.sign(signedAngle(origin, north, querying)) === Math.sign(angle) || Math.abs(angle) === 180).toBe(true);
});

const point = fc.tuple(
  fc.integer({ min: -99, max: 99 }),
  fc.integer({ min: -99, max: 99 }),
  fc.integer(),
) as fc.Arbitrary<Vec3>;

test("turning by the angle makes the facing direction point at the queried object", () => {
  fc.assert(
    fc.property(point, point, point, (positioning, orienting, querying) => {
      fc.pre(floorDistance(positioning, orienting) > 0 && floorDistance(positioning, querying) > 0);
      const turn = (signedAngle(positioning, orienting, querying) * Math.PI) / 180;
      const heading = Math.atan2(orienting[1] - positioning[1], orienting[0] - positioning[0]) + turn;
      const reach = floorDistance(positioning, querying);
      expect(positioning[0] + reach * Math.cos(heading)).toBeCloseTo(querying[0], 8);
      expect(positioning[1] + reach * Math.sin(heading)).toBeCloseTo(querying[1], 8);
    }),
  );
});

test("exchanging the two objects mirrors the angle", () => {
  fc.assert(
    fc.property(point, point, point, (positioning, orienting, querying) => {
      const angle = signedAngle(positioning, orienting, querying);
      fc.pre(Math.abs(angle) < 180);
      expect(signedAngle(positioning, querying, orienting)).toBeCloseTo(-angle, 10);
    }),
  );
});

test("height does not count, and one place gives 0", () => {
  expect(floorDistance([0, 0, 0], [3, 4, 100])).toBe(5);
  expect(signedAngle(origin, origin, north)).toBe(0);
});

test("straight behind is 180 from every side, not -180", () => {
  for (const [x, y] of [
    [1, 0],
    [-1, 0],
    [0, 1],
    [0, -1],
  ] as const) {
    expect(signedAngle([0, 0, 0], [x, y, 0], [-x, -y, 0])).toBe(180);
  }
});
