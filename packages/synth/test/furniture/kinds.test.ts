import { describe, expect, test } from "@jest/globals";
import { FURNISHINGS, FURNITURE_KINDS } from "../../src/furniture/kinds.ts";
import { makePiece } from "../../src/furniture/placement.ts";
import { createRandom } from "../../src/random.ts";
import { LABEL_CLASSES } from "../../src/scannet/labelMap.ts";

describe.each(Object.entries(FURNITURE_KINDS))("%s", (label, kind) => {
  test("parts are boxes inside the size, reach its four upright edges, its top and its underside", () => {
    for (let seed = 0; seed < 20; seed += 1) {
      const { size, parts } = makePiece(createRandom(seed, 1), label, kind);
      const [x, y] = [size[0] / 2, size[1] / 2];
      for (const { min, max } of parts) {
        for (let axis = 0; axis < 3; axis += 1) expect(max[axis]).toBeGreaterThan(min[axis]);
        expect(Math.min(min[0] + x, x - max[0], min[1] + y, y - max[1], min[2], size[2] - max[2])).toBeGreaterThan(
          -1e-9,
        );
      }
      const touches = (edgeX: number, edgeY: number) =>
        parts.some(
          ({ min, max }) =>
            Math.min(Math.abs(min[0] - edgeX), Math.abs(max[0] - edgeX)) < 1e-9 &&
            Math.min(Math.abs(min[1] - edgeY), Math.abs(max[1] - edgeY)) < 1e-9,
        );
      expect([touches(-x, -y), touches(x, -y), touches(x, y), touches(-x, y)]).toEqual([true, true, true, true]);
      expect(Math.min(...parts.map(({ min }) => min[2]))).toBeCloseTo(0, 12);
      expect(Math.max(...parts.map(({ max }) => max[2]))).toBeCloseTo(size[2], 12);
    }
  });

  test("has a class in the label map, and so has what stands on it", () => {
    expect(LABEL_CLASSES[label]).toBeDefined();
    if (kind.rider) expect(FURNITURE_KINDS[kind.rider.label]).toBeDefined();
  });
});

test("furnishings name only known kinds, and with riders hold 10 to 25 pieces", () => {
  for (const { furniture } of FURNISHINGS) {
    const total = (which: 1 | 2) =>
      furniture.reduce((sum, item) => sum + item[which] * (1 + (FURNITURE_KINDS[item[0]].rider?.count ?? 0)), 0);
    expect(total(1)).toBeGreaterThanOrEqual(10);
    expect(total(2)).toBeLessThanOrEqual(25);
  }
});
