import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import {
  clearDepthBuffer,
  clipToNearPlane,
  createDepthBuffer,
  createProjectedVertices,
  drawFaces,
  drawTriangle,
  NEAR_PLANE,
  OUTSIDE,
  projectPoint,
  projectVertices,
} from "../../src/camera/raster.ts";
import { worldToCamera } from "../../src/camera/visibility.ts";
import { boxMesh, boxRoomView, castRays, lookAlong, smallCamera } from "../visibility/boxRoom.ts";

describe("clipToNearPlane", () => {
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

describe("drawFaces", () => {
  test("leaves at every pixel the object and the depth that its ray meets, but for a few on borders", () => {
    const buffer = createDepthBuffer(smallCamera.width, smallCamera.height);
    fc.assert(
      fc.property(boxRoomView, ({ boxes, pose }) => {
        const mesh = boxMesh(boxes);
        const rays = castRays(mesh, smallCamera, pose, NEAR_PLANE);
        const projected = createProjectedVertices(mesh.positions.length / 3);
        const toCamera = worldToCamera(pose);
        projectVertices(mesh.positions, toCamera, smallCamera, projected);
        clearDepthBuffer(buffer);
        drawFaces(buffer, { ...mesh, owners: mesh.faceObjects, projected }, toCamera, smallCamera);
        const differing = rays.depths.filter((depth, pixel) => {
          const drawn = buffer.inverseDepths[pixel] === 0 ? 0 : 1 / buffer.inverseDepths[pixel];
          return buffer.owners[pixel] !== rays.objects[pixel] || Math.abs(drawn - depth) > 1e-6 * depth;
        });
        expect(differing.length).toBeLessThanOrEqual(5);
      }),
      { numRuns: 60 },
    );
  });
});

const pixel = fc.oneof(fc.integer({ min: -3, max: 12 }), fc.double({ min: -30, max: 30, noNaN: true }));
const inverseDepth = fc.double({ min: 0.1, max: 100, noNaN: true });
const corner = fc.tuple(pixel, pixel, inverseDepth);

describe("drawTriangle", () => {
  test("keeps depth between the corners', in slivers too", () => {
    const sliver = fc.tuple(corner, corner, fc.double({ min: 0, max: 1e-9, noNaN: true })).map(([a, b, shift]) => {
      const middle = [(a[0] + b[0]) / 2 + shift, (a[1] + b[1]) / 2, (a[2] + b[2]) / 2];
      return [...a, ...b, ...middle];
    });
    const plain = fc.tuple(corner, corner, corner).map((corners) => corners.flat());
    fc.assert(
      fc.property(fc.oneof(plain, sliver), (image) => {
        const buffer = createDepthBuffer(10, 8);
        drawTriangle(buffer, Float64Array.from(image), 0, 3, 6, 5);
        const inverses = [image[2], image[5], image[8]];
        for (const [at, owner] of buffer.owners.entries()) {
          if (owner < 0) expect(buffer.inverseDepths[at]).toBe(0);
          else {
            expect(buffer.inverseDepths[at]).toBeGreaterThanOrEqual(Math.min(...inverses) * (1 - 1e-6));
            expect(buffer.inverseDepths[at]).toBeLessThanOrEqual(Math.max(...inverses) * (1 + 1e-6));
          }
        }
      }),
      { numRuns: 500 },
    );
  });

  test("a sliver so thin that its weights underflow covers nothing, rather than a pixel without depth", () => {
    const buffer = createDepthBuffer(4, 4);
    drawTriangle(buffer, Float64Array.from([2, 0, 0.1, 0, -5e-324, 0.1, 1, 0, 0.1]), 0, 3, 6, 5);
    expect(Math.max(...buffer.owners)).toBe(-1);
  });

  test("two triangles of a square leave no gap, whichever way their corners turn", () => {
    fc.assert(
      fc.property(fc.double({ min: -2, max: 2, noNaN: true }), fc.boolean(), (lean, isTurned) => {
        const buffer = createDepthBuffer(10, 8);
        const image = Float64Array.from([-20 + lean, -20, 1, 30, -20 - lean, 1, 30, 30, 1, -20, 30, 1]);
        drawTriangle(buffer, image, 0, isTurned ? 6 : 3, isTurned ? 3 : 6, 1);
        drawTriangle(buffer, image, 0, 6, 9, 2);
        expect(Math.min(...buffer.owners)).toBe(1);
        expect(new Set(buffer.owners)).toEqual(new Set([1, 2]));
      }),
    );
  });

  test("a pixel belongs to a triangle that covers its centre, border included, and to no other", () => {
    const buffer = createDepthBuffer(4, 4);
    drawTriangle(buffer, Float64Array.from([0, 0, 1, 2, 0, 1, 0, 2, 1]), 0, 3, 6, 7);
    expect([...buffer.owners]).toEqual([7, 7, 7, -1, 7, 7, -1, -1, 7, -1, -1, -1, -1, -1, -1, -1]);
    const between = createDepthBuffer(4, 4);
    drawTriangle(between, Float64Array.from([0.1, 0.1, 1, 0.9, 0.1, 1, 0.1, 0.9, 1]), 0, 3, 6, 7);
    expect(Math.max(...between.owners)).toBe(-1);
  });

  test("depth is that of the plane in space: 1 / z is linear over the image", () => {
    const buffer = createDepthBuffer(5, 5);
    drawTriangle(buffer, Float64Array.from([0, 0, 1, 4, 0, 0.5, 0, 4, 0.25]), 0, 3, 6, 1);
    expect(1 / buffer.inverseDepths[2]).toBeCloseTo(1 / 0.75, 6);
    expect(1 / buffer.inverseDepths[10]).toBeCloseTo(1 / 0.625, 6);
  });
});

const { fx, fy, cx, cy } = smallCamera;

describe("projectPoint", () => {
  test("finds the pixel whose ray the point was put on, at its depth", () => {
    const pixel = fc.double({ min: -100, max: 100, noNaN: true });
    fc.assert(
      fc.property(
        boxRoomView,
        pixel,
        pixel,
        fc.double({ min: 0.01, max: 50, noNaN: true }),
        ({ pose }, u, v, depth) => {
          const [x, y] = [((u - cx) / fx) * depth, ((v - cy) / fy) * depth];
          const at = (row: number) => pose[row] * x + pose[row + 1] * y + pose[row + 2] * depth + pose[row + 3];
          const found = projectPoint(smallCamera, worldToCamera(pose), [at(0), at(4), at(8)]);
          expect(found?.u).toBeCloseTo(u, 7);
          expect(found?.v).toBeCloseTo(v, 7);
          expect(found?.depth).toBeCloseTo(depth, 10);
        },
      ),
    );
  });

  test("straight ahead is the principal point; left and up are smaller; behind and beside is nowhere", () => {
    const toCamera = worldToCamera(lookAlong([0, 0, 1], 0, 0));
    expect(projectPoint(smallCamera, toCamera, [2, 0, 1])).toEqual({ u: cx, v: cy, depth: 2 });
    expect(projectPoint(smallCamera, toCamera, [2, 1, 2])).toEqual({ u: cx - fx / 2, v: cy - fy / 2, depth: 2 });
    expect(projectPoint(smallCamera, toCamera, [-2, 0, 1])).toBeNull();
    expect(projectPoint(smallCamera, toCamera, [0, 1, 1])).toBeNull();
    expect(projectPoint(smallCamera, toCamera, [Number.NaN, 0, 0])).toBeNull();
  });
});

describe("projectVertices", () => {
  const coordinate = fc.double({ min: -9, max: 9, noNaN: true });

  test("puts every vertex where projectPoint does, and knows the sides that it is outside of", () => {
    const vertices = fc.array(fc.tuple(coordinate, coordinate, coordinate), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(boxRoomView, vertices, ({ pose }, points) => {
        const target = createProjectedVertices(points.length);
        const toCamera = worldToCamera(pose);
        projectVertices(Float64Array.from(points.flat()), toCamera, smallCamera, target);
        for (const [vertex, point] of points.entries()) {
          const projected = projectPoint(smallCamera, toCamera, point);
          const isNear = projected === null || projected.depth < NEAR_PLANE;
          expect((target.outside[vertex] & OUTSIDE.near) !== 0).toBe(isNear);
          if (isNear) continue;
          const [u, v, inverse] = target.image.subarray(3 * vertex, 3 * vertex + 3);
          // Relative: a point beside the camera is millions of pixels away.
          expect(Math.abs(u - projected.u)).toBeLessThanOrEqual(1e-9 * (1 + Math.abs(u)));
          expect(Math.abs(v - projected.v)).toBeLessThanOrEqual(1e-9 * (1 + Math.abs(v)));
          expect(inverse).toBe(1 / projected.depth);
          expect((target.outside[vertex] & OUTSIDE.left) !== 0).toBe(projected.u < 0);
          expect((target.outside[vertex] & OUTSIDE.right) !== 0).toBe(projected.u > smallCamera.width - 1);
          expect((target.outside[vertex] & OUTSIDE.above) !== 0).toBe(projected.v < 0);
          expect((target.outside[vertex] & OUTSIDE.below) !== 0).toBe(projected.v > smallCamera.height - 1);
        }
      }),
    );
  });
});
