import { expect, test } from "@jest/globals";
import { chooseSpacing } from "../../src/mesh/grid.ts";
import type { Patch } from "../../src/mesh/patches.ts";

const square: Patch = { origin: [0, 0, 0], u: [1, 0, 0], v: [0, 1, 0], maximumSpacing: Number.POSITIVE_INFINITY };

test("a square metre of 121 vertices is a grid of 10 by 10 cells", () => {
  const spacing = chooseSpacing([square], 121);
  expect(Math.ceil(1 / spacing)).toBe(10);
});

test("asked for a number between two grids, the nearer one is taken (121 or 144)", () => {
  expect(Math.ceil(1 / chooseSpacing([square], 125))).toBe(10);
  expect(Math.ceil(1 / chooseSpacing([square], 140))).toBe(11);
});

test.each([3, 1e9, Number.NaN, -1])("%d vertices are refused with the possible range", (count) => {
  expect(() => chooseSpacing([square], count)).toThrow(/vertexCount: got .*, expected 4 to 40401 for this room/);
});
