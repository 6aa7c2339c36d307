import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { type CameraPose, cameraPose, sensorIntrinsics } from "../../src/index.ts";
import { rasterize } from "../../src/render/rasterize.ts";
import { boxAround, boxScene, castRay } from "./boxScene.ts";

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

describe("rasterize", () => {
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
        for (let pixel = 0; pixel < faces.length; pixel++) {
          const hit = castRay(scene, intrinsics, pose, pixel % 64, Math.floor(pixel / 64));
          if (faces[pixel] < 0 || hit.box < 0) {
            if (faces[pixel] >= 0 || hit.box >= 0) unlike++;
            continue;
          }
          // Where the surfaces of two boxes coincide either is right: the box drawn need only be as near as the nearest.
          const drawn = castRay(
            [scene[Math.floor(faces[pixel] / 12)]],
            intrinsics,
            pose,
            pixel % 64,
            Math.floor(pixel / 64),
          );
          const isNearest = Math.abs(drawn.depth / hit.depth - 1) < 1e-6;
          if (!isNearest || Math.abs(inverseDepths[pixel] * hit.depth - 1) > 1e-6) unlike++;
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
    for (let row = 0; row < 48; row++) {
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
