import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { roundAnswer } from "../../src/text/roundAnswer.ts";

test.each([
  [6.08, 1, "6.1"],
  [6, 1, "6.0"],
  [0, 1, "0.0"],
  [9.96, 1, "10.0"],
  [112.5, 0, "113"],
  [0.5, 0, "1"],
  [2.5, 0, "3"], // Python's round and numpy's: 2
  [0.25, 1, "0.3"], // Python's round: 0.2
  [1.005, 2, "1.01"], // toFixed: "1.00"
  [0.35, 1, "0.4"],
  [0.1 + 0.2, 1, "0.3"],
  [1.15 - 0.000001, 1, "1.1"],
  [0.0499999, 1, "0.0"],
])("%d to %d decimals is %s", (value, decimals, text) => {
  expect(roundAnswer(value, decimals)).toBe(text);
});

test("a decimal of two digits is rounded like a person does, digit by digit", () => {
  fc.assert(
    fc.property(fc.nat(1_000_000), (hundredths) => {
      const tenths = Math.floor(hundredths / 10) + (hundredths % 10 >= 5 ? 1 : 0);
      const expected = `${Math.floor(tenths / 10)}.${tenths % 10}`;
      expect(
        roundAnswer(Number(`${Math.floor(hundredths / 100)}.${String(hundredths % 100).padStart(2, "0")}`), 1),
      ).toBe(expected);
    }),
  );
});

test("the text is within half a last digit of the value", () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1e6, noNaN: true }), fc.nat(2), (value, decimals) => {
      const text = roundAnswer(value, decimals);
      expect(text).toMatch(decimals === 0 ? /^\d+$/ : new RegExp(`^\\d+\\.\\d{${decimals}}$`));
      expect(Math.abs(Number(text) - value)).toBeLessThanOrEqual(0.5 * 10 ** -decimals + 1e-5);
    }),
  );
});
