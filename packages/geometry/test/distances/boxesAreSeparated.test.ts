import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { boxesAreSeparated } from "../../src/distances/boxesAreSeparated.ts";
import type { OrientedBox, Vec3 } from "../../src/sceneFacts.ts";
import { distanceBounds, orientedBox } from "./orientedBoxes.ts";

describe("boxesAreSeparated", () => {
  test("says so whenever a convex solver proves a gap", () => {
    fc.assert(
      fc.property(orientedBox, orientedBox, (a, b) => {
        fc.pre(distanceBounds(a, b).lower > 1e-6);
        expect(boxesAreSeparated(a, b)).toBe(true);
      }),
    );
  });

  test("never says so of boxes that share a point well inside both", () => {
    const inside = fc.double({ min: -0.45, max: 0.45, noNaN: true });
    const inner = fc.tuple(inside, inside, inside);
    fc.assert(
      fc.property(orientedBox, orientedBox, inner, inner, (a, b, fractionA, fractionB) => {
        fc.pre([...a.size, ...b.size].every((size) => size > 0));
        const offset = (box: OrientedBox, fraction: Vec3, k: number) =>
          box.axes.reduce((sum, axis, index) => sum + fraction[index] * box.size[index] * axis[k], 0);
        const center = a.center.map((value, k) => value + offset(a, fractionA, k) - offset(b, fractionB, k)) as Vec3;
        expect(boxesAreSeparated(a, { ...b, center })).toBe(false);
      }),
    );
  });

  test("sees a gap in the plane of two flat boxes, also with frames that differ", () => {
    const plate = (x: number, axes: OrientedBox["axes"]): OrientedBox => ({ center: [x, 0, 0], size: [1, 0, 0], axes });
    const turned: OrientedBox["axes"] = [
      [0, 1, 0],
      [-Math.SQRT1_2, 0, Math.SQRT1_2],
      [Math.SQRT1_2, 0, Math.SQRT1_2],
    ];
    const straight: OrientedBox["axes"] = [
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
    ];
    expect(boxesAreSeparated(plate(0, straight), plate(0.6, turned))).toBe(true);
    expect(boxesAreSeparated(plate(0, straight), plate(0.4, turned))).toBe(false);
  });
});
