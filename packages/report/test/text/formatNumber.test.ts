import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { countOf } from "../../src/text/countOf.ts";
import { formatNumber } from "../../src/text/formatNumber.ts";

test.each([
  [0, "0"],
  [-0, "0"],
  [1234567, "1,234,567"],
  [1234.5678, "1,234.568"],
  [0.000123456, "0.000123"],
  [1 / 3, "0.333"],
  [1e-9, "1e-9"],
  [1.2345e20, "1.23e+20"],
  [1.2345e30, "1.23e+30"],
  [Number.NaN, "NaN"],
])("%d is written %s", (value, text) => {
  expect(formatNumber(value)).toBe(text);
});

test("what is written reads back as nearly the same number", () => {
  fc.assert(
    fc.property(fc.double({ min: -1e308, max: 1e308, noNaN: true }), (value) => {
      const read = Number(formatNumber(value).replaceAll(",", ""));
      expect(Math.abs(read - value)).toBeLessThanOrEqual(Math.abs(value) * 0.0051);
    }),
  );
});

test("one value and several", () => {
  expect([countOf(1, "value"), countOf(0, "value"), countOf(3000, "point")]).toEqual([
    "1 value",
    "0 values",
    "3,000 points",
  ]);
});
