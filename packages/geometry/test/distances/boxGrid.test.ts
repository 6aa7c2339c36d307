import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { boxGrid } from "../../src/distances/boxGrid.ts";
import type { OrientedBox } from "../../src/sceneFacts.ts";
import { orientedBox, project } from "./orientedBoxes.ts";

const TURNED: OrientedBox = {
  center: [10, 20, 30],
  size: [4, 2, 1],
  axes: [
    [0, 1, 0],
    [-1, 0, 0],
    [0, 0, 1],
  ],
};

describe("boxGrid", () => {
  test("turns and moves the points of a box by hand", () => {
    const { local, world } = boxGrid(TURNED, [2, 1, 2]);
    expect([...local]).toEqual([-2, -1, -0.5, -2, -1, 0.5, 2, -1, -0.5, 2, -1, 0.5]);
    expect([...world]).toEqual([11, 18, 29.5, 11, 18, 30.5, 11, 22, 29.5, 11, 22, 30.5]);
  });

  test("is empty when an axis has no points", () => {
    expect(boxGrid(TURNED, [2, 0, 2])).toEqual({ local: new Float64Array(), world: new Float64Array() });
  });

  test("lies in the box, and the corners of the box are in the grid", () => {
    fc.assert(
      fc.property(orientedBox, (box) => {
        const { world } = boxGrid(box, [3, 2, 4]);
        expect(world).toHaveLength(3 * 24);
        for (let offset = 0; offset < world.length; offset += 3) {
          const point: [number, number, number] = [world[offset], world[offset + 1], world[offset + 2]];
          const nearest = project(point, box);
          expect(Math.hypot(...point.map((value, k) => value - nearest[k]))).toBeLessThan(1e-9);
        }
        for (let k = 0; k < 3; k++) {
          const along = box.axes.reduce((sum, axis, i) => sum + (axis[k] * box.size[i]) / 2, 0);
          expect(world[k]).toBeCloseTo(box.center[k] - along, 9);
          expect(world[world.length - 3 + k]).toBeCloseTo(box.center[k] + along, 9);
        }
      }),
    );
  });
});
