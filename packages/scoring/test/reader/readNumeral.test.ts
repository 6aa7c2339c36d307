import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { readNumeral } from "../../src/reader/readNumeral.ts";

describe("readNumeral", () => {
  test.each<[string, number[]]>([
    ["1.5", [1.5]],
    [".5", [0.5]],
    ["1,500", [1500]],
    ["1,5", [1.5]],
    ["0,500", [0.5]],
    ["1,5000", [1.5]],
    ["1.500", [1.5]],
    ["1.500.000", [1_500_000]],
    ["1.500,5", [1500.5]],
    ["1,500,000.5", [1_500_000.5]],
    ["1,500e2", [150_000]],
    ["2e3", [2000]],
    ["1,2,3", [1, 2, 3]],
    ["3.1.4", [3, 1, 4]],
    ["1e999", [Infinity]],
  ])("%s", (text, values) => {
    expect(readNumeral(text)).toEqual(values);
  });

  test("reads numbers as the printers of two languages print them", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 99_999_999 }), (hundredths) => {
        const value = hundredths / 100;
        const format = { minimumFractionDigits: 2, maximumFractionDigits: 2 };
        expect(readNumeral(value.toLocaleString("en-US", format))).toEqual([value]);
        expect(readNumeral(value.toLocaleString("de-DE", format))).toEqual([value]);
      }),
    );
  });
});
