import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { roundLength, roundOrientedBox, roundRoom } from "../src/rounding.ts";

describe("rounded facts", () => {
  test("moves a length by at most half a micrometre, and rounding again changes nothing", () => {
    fc.assert(
      fc.property(fc.double({ min: -1e3, max: 1e3, noNaN: true }), (value) => {
        const rounded = roundLength(value);
        expect(Math.abs(rounded - value)).toBeLessThan(0.5000001e-6);
        expect(roundLength(rounded)).toBe(rounded);
        expect(Object.is(rounded, -0)).toBe(false);
      }),
    );
  });

  test("writes short numbers, and 0 for what rounds to minus nothing", () => {
    expect(JSON.stringify(roundLength(0.1 + 0.2))).toBe("0.3");
    expect(Object.is(roundLength(-1e-9), 0)).toBe(true);
  });

  test("keeps nine digits of a box's axes", () => {
    const third = 1 / 3;
    const box = roundOrientedBox({
      center: [third, 0, 0],
      size: [third, 0, 0],
      axes: [
        [third, -0, 0],
        [0, 1, 0],
        [0, 0, 1],
      ],
    });
    expect(box.center[0]).toBe(0.333333);
    expect(box.axes[0]).toEqual([0.333333333, 0, 0]);
  });

  test("keeps a room without an outline without one", () => {
    expect(roundRoom({ area_m2: 12.34567891, center: [0, 0, 0], outline: null, walkable: null })).toEqual({
      area_m2: 12.345679,
      center: [0, 0, 0],
      outline: null,
      walkable: null,
    });
  });
});
