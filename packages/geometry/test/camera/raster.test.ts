import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { createProjectedVertices, NEAR_PLANE, projectVertices } from "../../src/camera/projection.ts";
import {
  clearDepthBuffer,
  clipToNearPlane,
  countPixels,
  createDepthBuffer,
  drawFaces,
  drawTriangle,
} from "../../src/camera/raster.ts";
import { worldToCamera } from "../../src/camera/visibility.ts";
import { boxMesh, boxRoomView, castRays, smallCamera } from "../support/boxRoom.ts";

const pixel = fc.oneof(fc.integer({ min: -3, max: 12 }), fc.double({ min: -30, max: 30, noNaN: true }));

const inverseDepth = fc.double({ min: 0.1, max: 100, noNaN: true });

const corner = fc.tuple(pixel, pixel, inverseDepth);

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
        const [least, most] = [Math.min(...inverses) * (1 - 1e-6), Math.max(...inverses) * (1 + 1e-6)];
        const wrong = [...buffer.inverseDepths].filter((inverse, at) =>
          buffer.owners[at]! < 0 ? inverse !== 0 : !(inverse >= least && inverse <= most),
        );
        expect(wrong).toEqual([]);
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

const buffer = {
  width: 5,
  window: { firstColumn: 0, lastColumn: 4, firstRow: 0, lastRow: 0 },
  inverseDepths: Float32Array.of(0.5, 0.5, 0.5, 0, 0.5),
  owners: Int32Array.of(0, 0, 1, -1, -1),
};

const tolerance = { depthTolerance: 0.1, relativeDepthTolerance: 0.01 };

function count(depth: { values: Uint16Array; shift: number } | null): number[] {
  const counts = new Uint32Array(2);
  countPixels(buffer, depth, tolerance, counts);
  return [...counts];
}

describe("countPixels", () => {
  test("counts every owner's pixels where there is no depth image", () => {
    expect(count(null)).toEqual([2, 1]);
  });

  test("counts where the reading agrees or is missing; elsewhere something else is seen", () => {
    expect(count({ values: Uint16Array.of(2050, 1500, 0, 2000, 2000), shift: 1000 })).toEqual([1, 1]);
    expect(count({ values: Uint16Array.of(2500, 1950, 2090, 0, 0), shift: 1000 })).toEqual([1, 1]);
  });

  test("reads the depth image by its own scale", () => {
    expect(count({ values: Uint16Array.of(10_000, 10_000, 10_000, 0, 0), shift: 5000 })).toEqual([2, 1]);
  });
});
