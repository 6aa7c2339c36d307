import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { fillTriangle } from "../../src/render/fillTriangle.ts";
import { emptyRaster } from "../../src/render/raster.ts";

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
      for (let pixel = 0; pixel < width * height; pixel++) {
        const [x, y] = [pixel % width, Math.floor(pixel / width)];
        const sides = [side(a, b, x, y), side(b, c, x, y), side(c, a, x, y)];
        // On an edge other rules decide; 1e-9 is far below the least side of quarters that is not 0 (1/16).
        if (sides.some((value) => Math.abs(value) < 1e-9)) continue;
        expect(drawn.has(pixel)).toBe(sides.every((value) => value > 0) || sides.every((value) => value < 0));
      }
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
        for (let pixel = 0; pixel < width * height; pixel++) {
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
