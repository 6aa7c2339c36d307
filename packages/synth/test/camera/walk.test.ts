import { describe, expect, test } from "@jest/globals";
import type { CameraPose } from "../../src/camera/pose.ts";
import { cameraWalk, checkFrameCount, eyeObstacles, secondsPerFrame } from "../../src/camera/walk.ts";
import { FLOOR_PLAN_SHAPES } from "../../src/floorPlan.ts";
import { makeRoom } from "../../src/room/makeRoom.ts";
import { thrown } from "../support/thrown.ts";

const walks = Array.from({ length: 24 }, (_, seed) => {
  const shape = FLOOR_PLAN_SHAPES[seed % FLOOR_PLAN_SHAPES.length];
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

const { floorPlan } = makeRoom({ sceneName: "scene9000_00", seed: 1, shape: "pillar", vertexCount: 6000 });

const shell = floorPlan.outline.length + floorPlan.solids.length;

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
      for (let i = 1; i < poses.length; i += 1) {
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

  test("looks all around, in two rooms twice, from the wall behind until back over the room", () => {
    for (const { room, poses } of walks) {
      const headings = poses.map((pose) => Math.atan2(pose[6], pose[2]));
      const turned = headings.slice(1).reduce((sum, heading, i) => {
        const step = heading - headings[i];
        return sum + Math.atan2(Math.sin(step), Math.cos(step));
      }, 0);
      const turn = ((room.floorPlan.doorway ? 765 : 405) * Math.PI) / 180;
      expect(Math.abs(turned)).toBeCloseTo((turn * 89) / 90, 6);
      const [start, end] = [eyeOf(poses[0]), eyeOf(poses[89])];
      const way = [end[0] - start[0], end[1] - start[1]];
      for (const pose of [poses[0], poses[89]]) {
        expect(pose[2] * way[0] + pose[6] * way[1]).toBeLessThan(0);
      }
    }
  });

  test("one seed gives one walk, another seed another; more frames walk the same way more slowly", () => {
    const { room } = walks[0];
    expect(cameraWalk(room, { seed: 5 })).toEqual(cameraWalk(room, { seed: 5 }));
    expect(cameraWalk(room, { seed: 5 })).not.toEqual(cameraWalk(room, { seed: 6 }));
    const [few, many] = [10, 19].map((frames) => cameraWalk(room, { seed: 5, frames }).map(eyeOf));
    few.forEach((eye, i) => {
      for (let axis = 0; axis < 3; axis += 1) expect(many[2 * i][axis]).toBeCloseTo(eye[axis], 9);
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

describe("secondsPerFrame", () => {
  test("a person's pace: at most 0.3 m and 30 degrees a second, and no slower than that needs", () => {
    for (const { room } of walks) {
      const poses = cameraWalk(room, { seed: 3, frames: 150 });
      const seconds = secondsPerFrame(poses);
      const speeds = poses.slice(1).map((to, i) => {
        const from = poses[i];
        const cosine = [2, 6, 10].reduce((sum, at) => sum + from[at] * to[at], 0);
        const degrees = (Math.acos(Math.min(1, cosine)) * 180) / Math.PI;
        return [Math.hypot(to[3] - from[3], to[7] - from[7], to[11] - from[11]) / seconds, degrees / seconds];
      });
      const [pace, turning] = [0, 1].map((which) => Math.max(...speeds.map((speed) => speed[which])));
      expect(pace).toBeLessThan(0.3 + 1e-9);
      expect(turning).toBeLessThan(30 + 1e-6);
      expect(Math.max(pace / 0.3, turning / 30)).toBeCloseTo(1, 6);
    }
  });

  test("never more than ScanNet's 30 frames a second, and never fewer than 5", () => {
    const { room, poses } = walks[0];
    expect(secondsPerFrame(cameraWalk(room, { seed: 3, frames: 6 }))).toBe(0.2);
    expect(secondsPerFrame(cameraWalk(room, { seed: 3, frames: 5000 }))).toBe(1 / 30);
    expect(secondsPerFrame(poses.slice(0, 1))).toBe(1 / 30);
    expect(secondsPerFrame([])).toBe(1 / 30);
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
