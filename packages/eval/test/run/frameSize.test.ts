import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { frameSize } from "../../src/run/frameSize.ts";

const side = fc.integer({ min: 1, max: 5000 });

describe("frameSize", () => {
  test("whole multiples of 28, at least one, never over the limit: for every shape, needles too", () => {
    fc.assert(
      fc.property(side, side, fc.integer({ min: 784, max: 2_000_000 }), (width, height, maxPixels) => {
        const size = frameSize(width, height, maxPixels);
        for (const value of [size.width, size.height]) {
          expect(value % 28).toBe(0);
          expect(value).toBeGreaterThanOrEqual(28);
        }
        expect(size.width * size.height).toBeLessThanOrEqual(maxPixels);
      }),
    );
  });

  test("a frame of this size is left as it is when it comes again: the server does not resize a second time", () => {
    fc.assert(
      fc.property(side, side, fc.integer({ min: 784, max: 2_000_000 }), (width, height, maxPixels) => {
        const size = frameSize(width, height, maxPixels);
        expect(frameSize(size.width, size.height, maxPixels)).toEqual(size);
      }),
    );
  });

  test.each([
    // By Qwen2-VL's smart_resize with factor 28, worked out by hand.
    [336, 336, 336 * 336, { width: 336, height: 336 }],
    [640, 480, 128 * 784, { width: 364, height: 252 }],
    [1296, 968, 256 * 784, { width: 504, height: 364 }],
    [100, 100, 100_000, { width: 112, height: 112 }],
    [5, 5, 100_000, { width: 28, height: 28 }],
    [5000, 1, 784 * 3, { width: 84, height: 28 }],
  ])("%i x %i within %i pixels", (width, height, maxPixels, expected) => {
    expect(frameSize(width, height, maxPixels)).toEqual(expected);
  });
});
