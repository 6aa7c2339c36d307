import { describe, expect, test } from "@jest/globals";
import type { OrientedBox, Vec3 } from "@vsi/dataset";
import { pointToBoxDistance } from "@vsi/geometry";
import fc from "fast-check";
import { BOX_EDGES, boxCorners, pickBox, rayThroughBox } from "../../src/page/drawing/boxPoints.ts";

const number = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const vector = (min: number, max: number) => fc.tuple(number(min, max), number(min, max), number(min, max));
/** Boxes turned about the vertical. */
const boxArbitrary = fc
  .record({ center: vector(-3, 3), size: vector(0.1, 2), yaw: number(0, 7) })
  .map(({ center, size, yaw }): OrientedBox => {
    const [cosine, sine] = [Math.cos(yaw), Math.sin(yaw)];
    return {
      center,
      size,
      axes: [
        [cosine, sine, 0],
        [-sine, cosine, 0],
        [0, 0, 1],
      ],
    };
  });
const along = (origin: Vec3, direction: Vec3, steps: number): Vec3 => [
  origin[0] + steps * direction[0],
  origin[1] + steps * direction[1],
  origin[2] + steps * direction[2],
];
const aligned = (center: Vec3, size: Vec3): OrientedBox => ({
  center,
  size,
  axes: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
});

describe("rayThroughBox", () => {
  test("a ray at a point inside meets the box: half way between entry and exit it is in it", () => {
    fc.assert(
      fc.property(boxArbitrary, vector(-5, 5), vector(-0.45, 0.45), (box, origin, parts) => {
        const target = box.axes.reduce((point, axis, k) => along(point, axis, parts[k]! * box.size[k]!), box.center);
        const direction: Vec3 = [target[0] - origin[0], target[1] - origin[1], target[2] - origin[2]];
        fc.pre(Math.hypot(...direction) > 0.01);
        const [enter, leave] = rayThroughBox(box, origin, direction)!;
        expect(pointToBoxDistance(box, along(origin, direction, (enter + leave) / 2))).toBeLessThan(1e-6);
        expect(enter === 0).toBe(pointToBoxDistance(box, origin) === 0);
        expect(leave).toBeGreaterThan(1);
      }),
    );
  });

  test("a ray beside the box, and one that leads away from it", () => {
    const box = aligned([0, 0, 0], [1, 1, 1]);
    expect(rayThroughBox(box, [2, 0, 5], [0, 0, -1])).toBeNull();
    expect(rayThroughBox(box, [0, 0, 5], [0, 0, 1])).toBeNull();
    expect(rayThroughBox(box, [0, 0, 5], [0, 0, -1])).toEqual([4.5, 5.5]);
  });
});

describe("pickBox", () => {
  const bed = { name: "bed", box: aligned([0, 0, 0.5], [2, 2, 1]) };
  const pillow = { name: "pillow", box: aligned([0, 0, 0.6], [0.4, 0.4, 0.1]) };
  const candle = { name: "candle", box: aligned([1.5, 0, 1], [0.5, 0.5, 1]) };
  const saucer = { name: "saucer", box: aligned([1.5, 0, 0.48], [0.3, 0.3, 0.06]) };
  const lamp = { name: "lamp", box: aligned([0, 0, 2], [0.5, 0.5, 0.2]) };

  test("what lies inside a larger box is picked before it, what hangs above before both", () => {
    const down = (boxes: { name: string; box: OrientedBox }[], x: number) =>
      pickBox(boxes, [x, 0, 9], [0, 0, -1])?.name;
    expect(down([bed, pillow], 0)).toBe("pillow");
    expect(down([pillow, bed], 0.5)).toBe("bed");
    expect(down([bed, pillow, lamp], 0)).toBe("lamp");
    expect(down([candle, saucer], 1.5)).toBe("candle");
    expect(down([bed, pillow, lamp], 3)).toBeUndefined();
  });
});

test("a box has twelve edges, each as long as its side", () => {
  const box = aligned([1, 2, 3], [0.5, 1, 2]);
  const corners = boxCorners(box);
  const lengths = BOX_EDGES.map(([a, b]) => Math.hypot(...corners[a]!.map((value, k) => value - corners[b]![k]!)));
  expect(lengths.sort()).toEqual([0.5, 0.5, 0.5, 0.5, 1, 1, 1, 1, 2, 2, 2, 2]);
});
