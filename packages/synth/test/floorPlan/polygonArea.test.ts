import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { polygonArea } from "../../src/floorPlan/polygonArea.ts";

test("an L of three unit squares has 3, and -3 the other way round", () => {
  const corners: [number, number][] = [
    [0, 0],
    [2, 0],
    [2, 1],
    [1, 1],
    [1, 2],
    [0, 2],
  ];
  expect(polygonArea(corners)).toBe(3);
  expect(polygonArea([...corners].reverse())).toBe(-3);
});

test("nothing, a point and a line have none", () => {
  expect(polygonArea([])).toBe(0);
  expect(polygonArea([[3, 4]])).toBe(0);
  expect(
    polygonArea([
      [0, 0],
      [1, 1],
      [2, 2],
    ]),
  ).toBe(0);
});

test("a triangle has half its base times its height wherever it lies", () => {
  const whole = fc.integer({ min: -1000, max: 1000 });
  fc.assert(
    fc.property(
      whole,
      whole,
      fc.integer({ min: 1, max: 1000 }),
      fc.integer({ min: 1, max: 1000 }),
      whole,
      (x, y, base, height, lean) => {
        const triangle: [number, number][] = [
          [x, y],
          [x + base, y],
          [x + lean, y + height],
        ];
        expect(polygonArea(triangle)).toBe((base * height) / 2);
      },
    ),
  );
});
