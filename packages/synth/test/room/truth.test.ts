import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { cameraPose } from "../../src/camera/pose.ts";
import {
  trueAxisAlignedBox,
  trueCentroidDistance,
  trueCount,
  trueDirection,
  trueFirstSeen,
  trueLongestSide,
  trueNearest,
} from "../../src/room/truth.ts";
import { truthOf } from "../support/truthOf.ts";

test("is the extent of the box's eight corners, whatever its turn", () => {
  const length = fc.integer({ min: 0, max: 500 }).map((centimetres) => centimetres / 100);
  fc.assert(
    fc.property(fc.tuple(length, length, length), fc.integer({ min: -720, max: 720 }), (size, degrees) => {
      const yaw = (degrees * Math.PI) / 180;
      const { min, max } = trueAxisAlignedBox({ center: [1, 2, 3], size, yaw });
      const corners = [-1, 1].flatMap((i) =>
        [-1, 1].map((j) => {
          const [x, y] = [(i * size[0]) / 2, (j * size[1]) / 2];
          return [1 + x * Math.cos(yaw) - y * Math.sin(yaw), 2 + x * Math.sin(yaw) + y * Math.cos(yaw)];
        }),
      );
      for (const axis of [0, 1]) {
        expect(min[axis]).toBeCloseTo(Math.min(...corners.map((corner) => corner[axis])), 9);
        expect(max[axis]).toBeCloseTo(Math.max(...corners.map((corner) => corner[axis])), 9);
      }
      expect([min[2], max[2]]).toEqual([3 - size[2] / 2, 3 + size[2] / 2]);
    }),
  );
});

describe("trueCentroidDistance", () => {
  const truth = truthOf(["bed", [1, 1, 1]], ["tv", [3, 4, 7]], ["chair", [1, 1, 1]], ["chair", [2, 2, 2]]);

  test("is Pythagoras in three dimensions (2, 3, 6 gives 7), both ways", () => {
    expect(trueCentroidDistance(truth, "bed", "tv")).toBeCloseTo(7, 12);
    expect(trueCentroidDistance(truth, "tv", "bed")).toBeCloseTo(7, 12);
  });

  test("a label that occurs twice has no distance", () => {
    expect(() => trueCentroidDistance(truth, "bed", "chair")).toThrow(/label "chair" in scene9000_00: got 2 objects/);
  });
});

test("counts equal labels only, and 0 where there is none", () => {
  const truth = truthOf(["chair", [0, 0, 0]], ["office chair", [1, 0, 0]], ["chair", [2, 0, 0]]);
  expect([trueCount(truth, "chair"), trueCount(truth, "office chair"), trueCount(truth, "bed")]).toEqual([2, 1, 0]);
});

describe("trueDirection", () => {
  test("standing at the origin and facing +y, +x is right and -x is left (VSI-Bench's picture)", () => {
    const truth = truthOf(["bed", [0, 0, 0]], ["tv", [0, 2, 1]], ["lamp", [1, 1, 0]], ["desk", [-1, 1, 5]]);
    expect(trueDirection(truth, "bed", "tv", "lamp")).toEqual({ side: "right", degrees: expect.closeTo(-45, 9) });
    expect(trueDirection(truth, "bed", "tv", "desk")).toEqual({ side: "left", degrees: expect.closeTo(45, 9) });
  });

  test("agrees with the sign of the cross product, and mirrors when the room is mirrored", () => {
    const coordinate = fc.integer({ min: -50, max: 50 });
    const point = fc.tuple(coordinate, coordinate);
    fc.assert(
      fc.property(point, point, point, (a, b, c) => {
        const cross = (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);
        fc.pre(cross !== 0);
        const room = (sign: number) =>
          truthOf(["a", [sign * a[0], a[1], 0]], ["b", [sign * b[0], b[1], 0]], ["c", [sign * c[0], c[1], 0]]);
        expect(trueDirection(room(1), "a", "b", "c").side).toBe(cross > 0 ? "left" : "right");
        expect(trueDirection(room(-1), "a", "b", "c").side).toBe(cross > 0 ? "right" : "left");
      }),
    );
  });

  test("a label that occurs twice or never has no direction", () => {
    const truth = truthOf(["bed", [0, 0, 0]], ["tv", [0, 2, 1]], ["chair", [1, 1, 0]], ["chair", [2, 1, 0]]);
    for (const label of ["chair", "piano"]) {
      expect(() => trueDirection(truth, "bed", "tv", label)).toThrow(
        expect.objectContaining({ code: "label-not-unique" }),
      );
    }
  });
});

const cameraToWorld = cameraPose([0, 0, 0], 0, 0);
const frames = [
  { index: 0, cameraToWorld, visible: [{ objectId: 4, pixels: 1 }] },
  { index: 1, cameraToWorld, visible: [{ objectId: 2, pixels: 60 }] },
  {
    index: 2,
    cameraToWorld,
    visible: [
      { objectId: 2, pixels: 90 },
      { objectId: 4, pixels: 50 },
    ],
  },
];

test("the first frame with enough pixels, not the first with any", () => {
  expect([...trueFirstSeen(frames, 1)]).toEqual([
    [4, 0],
    [2, 1],
  ]);
  expect([...trueFirstSeen(frames, 50)]).toEqual([
    [2, 1],
    [4, 2],
  ]);
  expect([...trueFirstSeen(frames, 61)]).toEqual([[2, 2]]);
  expect([...trueFirstSeen(frames, 91)]).toEqual([]);
  expect([...trueFirstSeen([], 1)]).toEqual([]);
});

test("is the longest of the three sides in centimetres", () => {
  expect(trueLongestSide(truthOf(["lamp", [0, 0, 0]]), "lamp")).toBeCloseTo(120, 12);
});

test("the shell has no size", () => {
  const truth = truthOf(["floor", [0, 0, 0]]);
  truth.objects[0].box = null;
  expect(() => trueLongestSide(truth, "floor")).toThrow(expect.objectContaining({ code: "no-box" }));
});

describe("trueNearest", () => {
  const truth = truthOf(["bed", [0, 0, 0]], ["tv", [2, 3, 6]], ["desk", [0, 0, 6.5]]);

  test("height counts: a desk straight above is nearer than a tv at 7 m, in whatever order they are named", () => {
    expect(trueNearest(truth, "bed", ["tv", "desk"])).toBe("desk");
    expect(trueNearest(truth, "bed", ["desk", "tv"])).toBe("desk");
    expect(trueNearest(truth, "desk", ["bed", "tv"])).toBe("tv");
  });
});
