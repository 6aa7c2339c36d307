import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { pcaBox } from "../../src/boxes/pcaBox.ts";
import type { Vec3 } from "../../src/sceneFacts.ts";
import { cloud, dot, expectProperBox, expectTightAround } from "./boxProperties.ts";

describe("pcaBox", () => {
  test("is proper and tight, the longest side first, for every cloud, also flat, collinear or one point", () => {
    fc.assert(
      fc.property(cloud, (points) => {
        const box = pcaBox(points.flat());
        expectProperBox(box);
        expectTightAround(box, points);
        expect(box.size).toEqual([...box.size].sort((a, b) => b - a));
      }),
    );
  });

  test("has axes along which the points do not vary together", () => {
    fc.assert(
      fc.property(cloud, (points) => {
        const { axes } = pcaBox(points.flat());
        const mean = [0, 1, 2].map((k) => points.reduce((sum, point) => sum + point[k], 0) / points.length);
        const along = axes.map((axis) => points.map((p) => dot(p.map((value, k) => value - mean[k]) as Vec3, axis)));
        for (const [first, second] of [
          [0, 1],
          [1, 2],
          [2, 0],
        ]) {
          const together = along[first].reduce((sum, value, index) => sum + value * along[second][index], 0);
          expect(together / points.length).toBeCloseTo(0, 9);
        }
      }),
    );
  });

  test("lies along a tilted stick", () => {
    const box = pcaBox(Array.from({ length: 11 }, (_, step) => [step, 2 * step, 2 * step]).flat());
    expect(box.size[0]).toBeCloseTo(30, 10);
    expect(box.size[1]).toBeCloseTo(0, 10);
    for (const [k, value] of [1 / 3, 2 / 3, 2 / 3].entries()) expect(box.axes[0][k]).toBeCloseTo(value, 10);
  });
});
