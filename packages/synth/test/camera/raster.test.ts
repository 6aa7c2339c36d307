import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { type CameraPose, cameraPose, sensorIntrinsics } from "../../src/camera/pose.ts";
import { clipToNear, emptyRaster, fillTriangle, projectPoints, rasterize, toCamera } from "../../src/camera/raster.ts";
import { boxAround, boxScene, castRay } from "../support/boxScene.ts";

const coordinate = fc.double({ min: -5, max: 5, noNaN: true });

const triangle = fc.array(coordinate, { minLength: 9, maxLength: 9 });

const near = 0.5;

/** Area by the cross products around the first corner, of a flat polygon. */
function area(corners: ArrayLike<number>): number {
  const sum = [0, 0, 0];
  for (let last = 6; last < corners.length; last += 3) {
    const [u, v] = [last - 3, last].map((at) => [0, 1, 2].map((axis) => corners[at + axis] - corners[axis]));
    for (let axis = 0; axis < 3; axis += 1) {
      const [next, after] = [(axis + 1) % 3, (axis + 2) % 3];
      sum[axis] += u[next] * v[after] - u[after] * v[next];
    }
  }
  return Math.hypot(...sum) / 2;
}

const [width, height] = [24, 18];

// Quarters of pixels, so that edges often run exactly through pixel centres.
const point = fc
  .tuple(fc.integer({ min: -20, max: 116 }), fc.integer({ min: -20, max: 92 }))
  .map(([x, y]) => [x / 4, y / 4]);

function pixelsOf(corners: number[][], order: [number, number, number] = [0, 1, 2]): Set<number> {
  const raster = emptyRaster(width, height);
  const points = {
    columns: Float64Array.from(corners, ([x]) => x),
    rows: Float64Array.from(corners, ([, y]) => y),
    inverseDepths: new Float64Array(corners.length).fill(1),
  };
  fillTriangle(raster, 7, points, ...order);
  return new Set([...raster.faces.keys()].filter((pixel) => raster.faces[pixel] === 7));
}

/** Twice the signed area of a, b and a pixel's centre; exact for quarters. */
function side([ax, ay]: number[], [bx, by]: number[], x: number, y: number): number {
  return (bx - ax) * (y - ay) - (by - ay) * (x - ax);
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

test("draws every centre inside, none outside, whatever the corners' order", () => {
  fc.assert(
    fc.property(point, point, point, (a, b, c) => {
      const drawn = pixelsOf([a, b, c]);
      for (const order of [
        [1, 2, 0],
        [2, 1, 0],
        [0, 2, 1],
      ] as [number, number, number][]) {
        expect(pixelsOf([a, b, c], order)).toEqual(drawn);
      }
      const wrong: number[] = [];
      for (let pixel = 0; pixel < width * height; pixel += 1) {
        const [x, y] = [pixel % width, Math.floor(pixel / width)];
        const sides = [side(a, b, x, y), side(b, c, x, y), side(c, a, x, y)];
        // On an edge other rules decide; 1e-9 is far below the least side of quarters that is not 0 (1/16).
        if (sides.some((value) => Math.abs(value) < 1e-9)) continue;
        const isInside = sides.every((value) => value > 0) || sides.every((value) => value < 0);
        if (drawn.has(pixel) !== isInside) wrong.push(pixel);
      }
      expect(wrong).toEqual([]);
    }),
  );
});

test("a fan around a point draws each pixel of its convex outline once: no gap and no pixel twice along shared edges", () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.integer({ min: 0, max: 359 }), { minLength: 3, maxLength: 9 }),
      fc.tuple(fc.integer({ min: 32, max: 60 }), fc.integer({ min: 24, max: 44 })),
      (degrees, [x, y]) => {
        const hub = [x / 4, y / 4];
        const rim = degrees
          .sort((a, b) => a - b)
          .map((degree) => [
            hub[0] + 5 * Math.cos((degree * Math.PI) / 180),
            hub[1] + 5 * Math.sin((degree * Math.PI) / 180),
          ]);
        const times = new Map<number, number>();
        rim.forEach((corner, i) => {
          const next = rim[(i + 1) % rim.length];
          // A gap of half a turn or more leaves the hub outside of the outline.
          if (side(hub, corner, next[0], next[1]) <= 0) return;
          for (const pixel of pixelsOf([hub, corner, next])) times.set(pixel, (times.get(pixel) ?? 0) + 1);
        });
        expect([...times.values()].every((count) => count === 1)).toBe(true);
        for (let pixel = 0; pixel < width * height; pixel += 1) {
          const [column, row] = [pixel % width, Math.floor(pixel / width)];
          const isInside = rim.every((corner, i) => side(corner, rim[(i + 1) % rim.length], column, row) > 1e-9);
          const isHubInside = rim.every((corner, i) => side(corner, rim[(i + 1) % rim.length], hub[0], hub[1]) > 0);
          if (isInside && isHubInside) expect(times.get(pixel)).toBe(1);
        }
      },
    ),
  );
});

test("a unit square of two triangles draws the pixel of its upper left corner alone", () => {
  const corners = [
    [3, 3],
    [4, 3],
    [4, 4],
    [3, 4],
  ];
  const drawn = [...pixelsOf(corners, [0, 1, 2]), ...pixelsOf(corners, [0, 2, 3])];
  expect(drawn).toEqual([3 * width + 3]);
});

test("the nearer triangle stays, whichever is drawn first", () => {
  const points = {
    columns: Float64Array.of(0, 20, 0, 0, 20, 0),
    rows: Float64Array.of(0, 0, 16, 0, 0, 16),
    inverseDepths: Float64Array.of(1, 1, 1, 2, 2, 2),
  };
  const near: [number, number, number] = [3, 4, 5];
  for (const isNearFirst of [true, false]) {
    const raster = emptyRaster(width, height);
    if (isNearFirst) fillTriangle(raster, 1, points, ...near);
    fillTriangle(raster, 0, points, 0, 1, 2);
    if (!isNearFirst) fillTriangle(raster, 1, points, ...near);
    expect(new Set(raster.faces)).toEqual(new Set([-1, 1]));
    expect(Math.max(...raster.inverseDepths)).toBe(2);
  }
});

test("the pinhole formula, with whole numbers at the pixels' centres", () => {
  const intrinsics = { width: 640, height: 480, fx: 500, fy: 400, cx: 319.5, cy: 239.5 };
  const { columns, rows, inverseDepths } = projectPoints(Float64Array.of(0, 0, 3, 1, -0.5, 2), intrinsics);
  expect([...columns]).toEqual([319.5, 569.5]);
  expect([...rows]).toEqual([239.5, 139.5]);
  expect([...inverseDepths]).toEqual([1 / 3, 0.5]);
});

describe("rasterize", () => {
  const intrinsics = sensorIntrinsics(64, 48);
  /** At the origin, looking along +x. */
  const ahead = cameraPose([0, 0, 0], 0, 0);
  const number = (min: number, max: number) => fc.double({ min, max, noNaN: true });

  /** The faces' numbers that occur. */
  function seenFaces(positions: number[], pose: CameraPose = ahead): { faces: Set<number>; depths: number[] } {
    const triangles = Int32Array.from(positions.slice(0, positions.length / 3), (_, i) => i);
    const raster = rasterize({ positions: Float64Array.from(positions), triangles }, intrinsics, pose);
    return {
      faces: new Set(raster.faces),
      depths: [...raster.inverseDepths].filter((inverse) => inverse > 0).map((inverse) => 1 / inverse),
    };
  }

  test("sees the same box at the same depth as a ray through each pixel's centre", () => {
    const boxes = fc.array(
      fc
        .tuple(
          fc.tuple(number(-4, 4), number(-4, 4), number(-2, 2)),
          fc.tuple(number(0.1, 3), number(0.1, 3), number(0.1, 2)),
        )
        .map(([center, size]) => boxAround(center, size)),
      { minLength: 1, maxLength: 5 },
    );
    const eye = fc.tuple(number(-5, 5), number(-5, 5), number(-2, 2));
    fc.assert(
      fc.property(boxes, eye, number(-Math.PI, Math.PI), number(-1, 1), (scene, at, heading, tilt) => {
        // 5 cm around a box: what is nearer than the near plane is cut away, which a ray does not know.
        fc.pre(
          !scene.some(({ min, max }) =>
            at.every((value, axis) => value > min[axis] - 0.05 && value < max[axis] + 0.05),
          ),
        );
        const pose = cameraPose(at, heading, tilt);
        const { faces, inverseDepths } = rasterize(boxScene(scene), intrinsics, pose);
        let unlike = 0;
        for (let pixel = 0; pixel < faces.length; pixel += 1) {
          const hit = castRay(scene, intrinsics, pose, pixel % 64, Math.floor(pixel / 64));
          if (faces[pixel] < 0 || hit.box < 0) {
            if (faces[pixel] >= 0 || hit.box >= 0) unlike += 1;
            continue;
          }
          // Where the surfaces of two boxes coincide either is right: the box drawn need only be as near as the
          // nearest.
          const drawn = castRay(
            [scene[Math.floor(faces[pixel] / 12)]],
            intrinsics,
            pose,
            pixel % 64,
            Math.floor(pixel / 64),
          );
          const isNearest = Math.abs(drawn.depth / hit.depth - 1) < 1e-6;
          if (!isNearest || Math.abs(inverseDepths[pixel] * hit.depth - 1) > 1e-6) unlike += 1;
        }
        // A ray that grazes an edge may go either way by its last bit.
        expect(unlike).toBeLessThanOrEqual(1);
      }),
      { numRuns: 150 },
    );
  });

  test("a point lands where the pinhole formula says: the pixel whose centre is nearest", () => {
    const cube = boxAround([2.05, 0.5, -0.25], [0.1, 0.1, 0.1]);
    const { faces } = rasterize(boxScene([cube]), intrinsics, ahead);
    // The middle of its front: x right is -y, y down is -z, z is 2.
    const column = Math.round(intrinsics.fx * (-0.5 / 2) + intrinsics.cx);
    const row = Math.round(intrinsics.fy * (0.25 / 2) + intrinsics.cy);
    expect(faces[row * 64 + column]).toBeGreaterThanOrEqual(0);
    const seen = [...faces.keys()].filter((pixel) => faces[pixel] >= 0);
    expect(Math.max(...seen.map((pixel) => Math.abs((pixel % 64) - column)))).toBeLessThanOrEqual(2);
  });

  test("a wall square to the camera has one depth; a slanted floor the depth of its plane in every pixel", () => {
    const wall = boxScene([boxAround([3.5, 0, 0], [1, 20, 20])]);
    const { inverseDepths } = rasterize(wall, intrinsics, ahead);
    for (const inverse of inverseDepths) expect(1 / inverse).toBeCloseTo(3, 9);
    const floor = boxScene([boxAround([0, 0, -2], [100, 100, 1])]);
    const seen = rasterize(floor, intrinsics, ahead);
    for (let row = 0; row < 48; row += 1) {
      const down = (row - intrinsics.cy) / intrinsics.fy;
      const depth = 1.5 / down;
      // The floor ends 50 m away.
      if (down > 0 && depth < 49) expect(1 / seen.inverseDepths[row * 64 + 10]).toBeCloseTo(depth, 6);
      if (down < 0) expect(seen.faces[row * 64 + 10]).toBe(-1);
    }
  });

  test("faces that cross the near plane keep their part in front of it", () => {
    // From 10 m behind the camera to 10 m before it, 1 m below.
    const { faces, depths } = seenFaces([-10, -5, -1, 10, 0, -1, -10, 5, -1]);
    expect(faces).toEqual(new Set([-1, 0]));
    expect(Math.min(...depths)).toBeCloseTo(intrinsics.fy / intrinsics.cy, 1);
    expect(Math.max(...depths)).toBeLessThanOrEqual(10);
  });

  test("inside a box every pixel is its inner side, from 2 cm to a kilometre away", () => {
    for (const size of [0.04, 1, 2000]) {
      const scene = boxScene([boxAround([0, 0, 0], [size, size, size])]);
      for (const heading of [0, 0.4, 2]) {
        const { faces } = rasterize(scene, intrinsics, cameraPose([0, 0, 0], heading, 0.3));
        expect(faces.includes(-1)).toBe(false);
      }
    }
  });

  test("of two equal faces the first is seen, from both sides", () => {
    const triangle = [2, -1, -1, 2, 1, -1, 2, 0, 1];
    expect(seenFaces([...triangle, ...triangle]).faces).toEqual(new Set([-1, 0]));
    const behind = cameraPose([4, 0, 0], Math.PI, 0);
    expect(seenFaces([...triangle, ...triangle], behind).faces).toEqual(new Set([-1, 0]));
  });

  test.each([
    ["no face", []],
    ["behind the camera", [-2, -1, -1, -2, 1, -1, -2, 0, 1]],
    ["nearer than the near plane", [0.005, -1, -1, 0.005, 1, -1, 0.005, 0, 1]],
    ["beside the image", [2, 50, -1, 2, 52, -1, 2, 51, 1]],
    ["three equal corners", [2, 0, 0, 2, 0, 0, 2, 0, 0]],
    ["corners on a line", [2, -1, -1, 2, 0, 0, 2, 1, 1]],
    ["seen along its plane", [1, 0, 0, 2, 0, 0, 2, 0, 1]],
    ["a corner that is not a number", [2, -1, -1, 2, 1, -1, 2, 0, Number.NaN]],
    ["a corner that is nowhere", [2, -1, -1, Number.NaN, Number.NaN, Number.NaN, 2, 0, 1]],
  ])("%s: nothing is seen", (_, positions) => {
    expect(seenFaces(positions).faces).toEqual(new Set([-1]));
  });
});

test("undoes the pose: camera coordinates put through it give the world's again", () => {
  const number = fc.double({ min: -10, max: 10, noNaN: true });
  fc.assert(
    fc.property(
      fc.tuple(number, number, number),
      number,
      number,
      fc.array(number, { minLength: 3, maxLength: 3 }),
      (eye, heading, tilt, world) => {
        const pose = cameraPose(eye, heading, tilt);
        const seen = toCamera(Float64Array.from(world), pose);
        for (let row = 0; row < 3; row += 1) {
          const back = seen.reduce((sum, value, i) => sum + pose[4 * row + i] * value, pose[4 * row + 3]);
          expect(back).toBeCloseTo(world[row], 9);
        }
      },
    ),
  );
});
