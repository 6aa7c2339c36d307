import { describe, expect, test } from "@jest/globals";
import type { CameraPose } from "../../src/camera/pose.ts";
import {
  cameraWalk,
  checkFrameCount,
  eyeObstacles,
  freeFloor,
  largestArea,
  longestPath,
  pointsAlong,
  smoothPath,
  stepsFrom,
} from "../../src/camera/walk.ts";
import { type FloorPoint, floorPlanShapes } from "../../src/floorPlan.ts";
import { makeRoom } from "../../src/makeRoom.ts";
import { thrown } from "../thrown.ts";

const walks = Array.from({ length: 24 }, (_, seed) => {
  const shape = floorPlanShapes[seed % floorPlanShapes.length];
  const room = makeRoom({ sceneName: "scene9000_00", seed, shape, vertexCount: 8000 });
  return { room, poses: cameraWalk(room, { seed }) };
});

const eyeOf = (pose: CameraPose) => [pose[3], pose[7], pose[11]] as const;

/** Metres from a point to a segment. */
function segmentDistance(x: number, y: number, [ax, ay]: number[], [bx, by]: number[]): number {
  const along = ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / ((bx - ax) ** 2 + (by - ay) ** 2);
  const part = Math.min(1, Math.max(0, along));
  return Math.hypot(x - ax - part * (bx - ax), y - ay - part * (by - ay));
}

/** Metres from a point to a box turned about its piece's middle; 0 inside. */
function partDistance(eye: readonly number[], piece: (typeof walks)[0]["room"]["pieces"][0], part: number): number {
  const [dx, dy] = [eye[0] - piece.center[0], eye[1] - piece.center[1]];
  const [cosine, sine] = [Math.cos(-piece.yaw), Math.sin(-piece.yaw)];
  const local = [cosine * dx - sine * dy, sine * dx + cosine * dy, eye[2] - piece.elevation];
  const { min, max } = piece.parts[part];
  return Math.hypot(...local.map((value, axis) => Math.max(min[axis] - value, 0, value - max[axis])));
}

describe("cameraWalk", () => {
  test("90 poses at eye height, 0.2 m or more away from walls, solids and every piece", () => {
    for (const { room, poses } of walks) {
      const { outline, solids } = room.floorPlan;
      expect(poses).toHaveLength(90);
      let nearest = Number.POSITIVE_INFINITY;
      let turning = 0;
      for (const [x, y, z] of poses.map(eyeOf)) {
        expect(Math.abs(z - 1.5)).toBeLessThanOrEqual(0.05);
        outline.forEach((corner, i) => {
          nearest = Math.min(nearest, segmentDistance(x, y, corner, outline[(i + 1) % outline.length]));
        });
        for (const { min, max } of solids) {
          nearest = Math.min(
            nearest,
            Math.hypot(Math.max(min[0] - x, 0, x - max[0]), Math.max(min[1] - y, 0, y - max[1])),
          );
        }
        for (const piece of room.pieces) {
          for (const part of piece.parts.keys()) nearest = Math.min(nearest, partDistance([x, y, z], piece, part));
        }
        // The outline's corners are seen around a point inside under one whole turn, around one outside under none.
        turning = outline.reduce((sum, [ax, ay], i) => {
          const [bx, by] = outline[(i + 1) % outline.length];
          const angle = Math.atan2(by - y, bx - x) - Math.atan2(ay - y, ax - x);
          return sum + Math.atan2(Math.sin(angle), Math.cos(angle));
        }, 0);
        expect(turning).toBeCloseTo(2 * Math.PI, 6);
      }
      expect(nearest).toBeGreaterThanOrEqual(0.2);
    }
  });

  test("moves and turns smoothly: from frame to frame at most 12 cm and 9 degrees", () => {
    for (const { poses } of walks) {
      for (let i = 1; i < poses.length; i++) {
        const [from, to] = [poses[i - 1], poses[i]];
        expect(Math.hypot(to[3] - from[3], to[7] - from[7], to[11] - from[11])).toBeLessThan(0.12);
        const cosine = [2, 6, 10].reduce((sum, at) => sum + from[at] * to[at], 0);
        expect(Math.acos(Math.min(1, cosine))).toBeLessThan((9 * Math.PI) / 180);
      }
    }
  });

  test("with two rooms it goes through the doorway", () => {
    const ways = walks.flatMap(({ room, poses }) =>
      room.floorPlan.doorway ? [{ ...room.floorPlan.doorway, poses }] : [],
    );
    expect(ways.length).toBeGreaterThan(0);
    for (const { floor, poses } of ways) {
      const left = poses.filter((pose) => pose[3] < floor.min[0]).length;
      const right = poses.filter((pose) => pose[3] > floor.max[0]).length;
      expect(Math.min(left, right)).toBeGreaterThan(10);
    }
  });

  test("looks all around, twice", () => {
    for (const { poses } of walks) {
      const headings = poses.map((pose) => Math.atan2(pose[6], pose[2]));
      const turned = headings.slice(1).reduce((sum, heading, i) => {
        const step = heading - headings[i];
        return sum + Math.atan2(Math.sin(step), Math.cos(step));
      }, 0);
      expect(Math.abs(turned)).toBeCloseTo((4 * Math.PI * 89) / 90, 6);
    }
  });

  test("one seed gives one walk, another seed another; more frames walk the same way more slowly", () => {
    const { room } = walks[0];
    expect(cameraWalk(room, { seed: 5 })).toEqual(cameraWalk(room, { seed: 5 }));
    expect(cameraWalk(room, { seed: 5 })).not.toEqual(cameraWalk(room, { seed: 6 }));
    const [few, many] = [10, 19].map((frames) => cameraWalk(room, { seed: 5, frames }).map(eyeOf));
    few.forEach((eye, i) => {
      for (let axis = 0; axis < 3; axis++) expect(many[2 * i][axis]).toBeCloseTo(eye[axis], 9);
    });
    expect(cameraWalk(room, { seed: 5, frames: 1 })).toHaveLength(1);
  });

  test.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])("%d frames are refused", (frames) => {
    expect(thrown(() => cameraWalk(walks[0].room, { seed: 1, frames }))).toMatchObject({ code: "frame-count" });
  });

  test("a room without floor to stand on is refused", () => {
    const { room } = walks[0];
    const outline: [number, number][] = [
      [0, 0],
      [0.4, 0],
      [0.4, 0.4],
      [0, 0.4],
    ];
    const closet = { floorPlan: { ...room.floorPlan, outline, solids: [] }, pieces: [] };
    expect(thrown(() => cameraWalk(closet, { seed: 1 }))).toMatchObject({ code: "no-floor" });
  });
});

test("whole numbers from 1 pass, anything else is named in the error", () => {
  expect(() => checkFrameCount(1)).not.toThrow();
  for (const frames of [0, 2.5, Number.NaN, Number.POSITIVE_INFINITY]) {
    expect(thrown(() => checkFrameCount(frames))).toMatchObject({
      code: "frame-count",
      detail: { got: String(frames) },
    });
  }
});

const { floorPlan } = makeRoom({ sceneName: "scene9000_00", seed: 1, shape: "pillar", vertexCount: 6000 });
const shell = floorPlan.outline.length + floorPlan.solids.length;

test("walls and pillar always, a part only at eye height, where its piece's turn puts it", () => {
  const piece = {
    label: "shelf",
    center: [1, 2] as [number, number],
    elevation: 0.5,
    yaw: Math.PI / 2,
    size: [2, 1, 1.5] as [number, number, number],
    parts: [
      { min: [0.5, -0.5, 0] as [number, number, number], max: [1, 0.5, 1.5] as [number, number, number] },
      { min: [-1, -0.5, 0] as [number, number, number], max: [0, 0.5, 0.7] as [number, number, number] },
      { min: [-1, -0.5, 1.3] as [number, number, number], max: [0, 0.5, 1.5] as [number, number, number] },
    ],
  };
  expect(eyeObstacles(floorPlan, [], 1.5, 0.25)).toHaveLength(shell);
  const found = eyeObstacles(floorPlan, [piece], 1.5, 0.25).slice(shell);
  expect(found).toHaveLength(1);
  expect(found[0]).toMatchObject({ width: 0.5, depth: 1, yaw: Math.PI / 2 });
  expect(found[0].center[0]).toBeCloseTo(1, 12);
  expect(found[0].center[1]).toBeCloseTo(2.75, 12);
});

const outline: FloorPoint[] = [
  [0, 0],
  [1, 0],
  [1, 1],
  [0, 1],
];

test("the points of a 10 cm grid that are clear of an obstacle, each with its free neighbours", () => {
  const obstacle = { center: [0.5, 0.5] as FloorPoint, width: 0.3, depth: 2, yaw: 0 };
  const floor = freeFloor({ outline }, [obstacle], 0.12);
  expect(floor.points.length).toBeGreaterThan(20);
  for (const [x] of floor.points) expect(Math.abs(x - 0.5)).toBeGreaterThanOrEqual(0.27 - 1e-9);
  floor.points.forEach(([x, y], point) => {
    const near = floor.points.flatMap(([otherX, otherY], other) => {
      const apart = Math.max(Math.abs(otherX - x), Math.abs(otherY - y));
      return other !== point && apart < 0.15 ? [other] : [];
    });
    expect(floor.neighbours[point].toSorted((a, b) => a - b)).toEqual(near);
  });
  expect(floor.isFree([0.1, 0.5])).toBe(true);
  expect(floor.isFree([0.4, 0.5])).toBe(false);
  expect(floor.isFree([1.5, 0.5])).toBe(false);
  expect(floor.isFree([Number.NaN, 0.5])).toBe(false);
});

test("nothing is free where the obstacle fills the floor", () => {
  const obstacle = { center: [0.5, 0.5] as FloorPoint, width: 3, depth: 3, yaw: 0.3 };
  expect(freeFloor({ outline }, [obstacle], 0.1)).toMatchObject({ points: [], neighbours: [] });
});

test("the part with the most points; the first of equal ones; none of no floor", () => {
  expect(largestArea({ neighbours: [[3], [2, 4], [1], [0], [1]] })).toEqual([1, 2, 4]);
  expect(largestArea({ neighbours: [[2], [3], [0], [1]] })).toEqual([0, 2]);
  expect(largestArea({ neighbours: [[]] })).toEqual([0]);
  expect(largestArea({ neighbours: [] })).toEqual([]);
});

/** A row of points from 0 to 6, and a branch of two at 3. */
const points: FloorPoint[] = [...Array.from({ length: 7 }, (_, x): FloorPoint => [x, 0]), [3, 1], [3, 2]];
const neighbours = [[1], [0, 2], [1, 3], [2, 4, 7], [3, 5], [4, 6], [5], [3, 8], [7]];
const floor = { points, neighbours, isFree: () => true };

test("goes from end to end step by step, wherever it is asked from, and leaves out branches", () => {
  for (const start of points.keys()) {
    const path = longestPath(floor, start);
    const alongX = path.map(([x]) => x);
    expect(alongX.toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect(new Set(alongX.slice(1).map((x, i) => x - alongX[i])).size).toBe(1);
  }
});

test("of a floor of one point is that point", () => {
  expect(longestPath({ points: [[2, 3]], neighbours: [[]], isFree: () => true }, 0)).toEqual([[2, 3]]);
});

test("equal distances along the path, corners and doubled points included, from the first point to the last", () => {
  expect(
    pointsAlong(
      [
        [0, 0],
        [3, 0],
        [3, 0],
        [3, 1],
      ],
      5,
    ),
  ).toEqual([
    [0, 0],
    [1, 0],
    [2, 0],
    [3, 0],
    [3, 1],
  ]);
});

test("one point is the first; a path without length stays there", () => {
  expect(
    pointsAlong(
      [
        [1, 2],
        [5, 2],
      ],
      1,
    ),
  ).toEqual([[1, 2]]);
  expect(pointsAlong([[1, 2]], 3)).toEqual([
    [1, 2],
    [1, 2],
    [1, 2],
  ]);
  expect(
    pointsAlong(
      [
        [1, 2],
        [1, 2],
      ],
      2,
    ),
  ).toEqual([
    [1, 2],
    [1, 2],
  ]);
});

const corner: FloorPoint[] = [
  ...Array.from({ length: 11 }, (_, i): FloorPoint => [i / 10, 0]),
  ...Array.from({ length: 10 }, (_, i): FloorPoint => [1, (i + 1) / 10]),
];

function sharpestTurn(path: readonly FloorPoint[]): number {
  const headings = path.slice(1).map(([x, y], i) => Math.atan2(y - path[i][1], x - path[i][0]));
  return Math.max(...headings.slice(1).map((heading, i) => Math.abs(heading - headings[i])));
}

test("rounds a corner and leaves the ends where they are", () => {
  const smoothed = smoothPath(corner, () => true);
  expect(smoothed).toHaveLength(corner.length);
  expect([smoothed[0], smoothed.at(-1)]).toEqual([corner[0], corner.at(-1)]);
  expect(sharpestTurn(corner)).toBeCloseTo(Math.PI / 2, 9);
  expect(sharpestTurn(smoothed)).toBeLessThan(0.3);
});

test("keeps every point free, and stays as it is where nothing else is", () => {
  const isFree = ([x, y]: FloorPoint) => Math.min(1 - x, y) < 0.05;
  expect(smoothPath(corner, isFree).every(isFree)).toBe(true);
  expect(smoothPath(corner, () => false)).toEqual(corner);
});

test("has nothing to move in a path of one or two points", () => {
  expect(smoothPath([[1, 2]], () => true)).toEqual([[1, 2]]);
  expect(
    smoothPath(
      [
        [1, 2],
        [3, 4],
      ],
      () => true,
    ),
  ).toEqual([
    [1, 2],
    [3, 4],
  ]);
});

test("the fewest steps to each point, -1 where no way leads", () => {
  // A ring of five, a tail at 2 and an island.
  const neighbours = [[1, 4], [0, 2], [1, 3, 5], [2, 4], [3, 0], [2], [7], [6], []];
  expect([...stepsFrom({ neighbours }, 0)]).toEqual([0, 1, 2, 2, 1, 3, -1, -1, -1]);
  expect([...stepsFrom({ neighbours }, 8)]).toEqual([-1, -1, -1, -1, -1, -1, -1, -1, 0]);
});
