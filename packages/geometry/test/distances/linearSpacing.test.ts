import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { linearSpacing } from "../../src/distances/linearSpacing.ts";

describe("linearSpacing", () => {
  // The expected numbers are what numpy 2.4.6 prints for the same call.
  test("gives numpy.linspace's numbers to the last bit", () => {
    expect([...linearSpacing(-0.35, 0.35, 4)]).toEqual([-0.35, -0.11666666666666667, 0.11666666666666664, 0.35]);
    expect([...linearSpacing(0.5, 0.95, 10)]).toEqual([
      0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.8999999999999999, 0.95,
    ]);
  });

  test("of no, one and two numbers", () => {
    expect([...linearSpacing(-1, 1, 0)]).toEqual([]);
    expect([...linearSpacing(-1, 1, 1)]).toEqual([-1]);
    expect([...linearSpacing(-1, 1, 2)]).toEqual([-1, 1]);
  });

  test("ends exactly at both ends and never goes back", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1e-6, max: 100, noNaN: true }),
        fc.integer({ min: 2, max: 300 }),
        (length, count) => {
          const numbers = linearSpacing(-length / 2, length / 2, count);
          expect([numbers[0], numbers[count - 1]]).toEqual([-length / 2, length / 2]);
          expect(numbers.every((value, index) => index === 0 || value > numbers[index - 1])).toBe(true);
        },
      ),
    );
  });
});
