import { expect, test } from "@jest/globals";
import type { Vec3 } from "@vsi/geometry";
import fc from "fast-check";
import { cameraDistance } from "../../src/distances/cameraDistance.ts";
import { objectAt, turned } from "../support/facts.ts";

const coordinate = fc.double({ min: -5, max: 5, noNaN: true });
const point = fc.tuple(coordinate, coordinate, coordinate);
const length = fc.double({ min: 0, max: 3, noNaN: true });

test("known distances to a cube of 2 m: off a face, an edge, a corner; 0 inside", () => {
  const cube = objectAt(0, "cube", [0, 0, 0], [2, 2, 2]);
  const places: Vec3[] = [
    [3, 0, 0],
    [4, 5, 0],
    [2, 3, 3],
    [0.5, 0, 0],
  ];
  expect(places.map((place) => cameraDistance(place, cube))).toEqual([2, 5, 3, 0]);
});

test("the length to the point of the box that clamping gives, in the box's own axes", () => {
  fc.assert(
    fc.property(point, point, fc.tuple(length, length, length), coordinate, (position, centre, size, yaw) => {
      const object = turned(objectAt(0, "box", centre, size), yaw);
      const [dx, dy, dz] = position.map((value, axis) => value - centre[axis]!) as Vec3;
      const local = [Math.cos(yaw) * dx + Math.sin(yaw) * dy, Math.cos(yaw) * dy - Math.sin(yaw) * dx, dz];
      const gap = local.map((value, axis) => value - Math.min(size[axis]! / 2, Math.max(-size[axis]! / 2, value)));
      expect(cameraDistance(position, object)).toBeCloseTo(Math.hypot(...gap), 8);
    }),
  );
});
