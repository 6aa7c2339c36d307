import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { createDepthBuffer } from "../../src/visibility/depthBuffer.ts";
import { drawTriangle } from "../../src/visibility/drawTriangle.ts";

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
