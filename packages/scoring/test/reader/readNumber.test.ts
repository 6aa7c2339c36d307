import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { readNumber } from "../../src/reader/readNumber.ts";

type Row = [text: string, value: number | null];

describe("readNumber", () => {
  const METRES: Row[] = [
    ["2.5 m", 2.5],
    ["250 cm", 2.5],
    ["2 m 50 cm", 2.5],
    ["2.5 m (8.2 ft)", 2.5],
    ["5 feet 3 inches", 1.6002],
    ["5'3\"", 1.6002],
    ['"5"', 5],
    ["'5'", 5],
    ["5 in total", 5],
    ["5 in.", 0.127],
    ["1,5", 1.5],
    ["1,500", 1500],
    ["0,500", 0.5],
    ["1.500,5", 1500.5],
    ["1.500.000", 1_500_000],
    ["1,2,3", null],
    ["two and a half", 2.5],
    ["2 and a half meters", 2.5],
    ["half a meter", 0.5],
    ["three quarters of a meter", 0.75],
    ["1/2", 0.5],
    ["2 1/2", 2.5],
    ["2½ m", 2.5],
    ["1/0", null],
    ["12/3/2024", null],
    ["minus three", -3],
    ["\u22123", -3],
    ["- 3", -3],
    ["is -3", -3],
    ["Answer - 3", 3],
    ["2-3", null],
    ["2 to 3", null],
    ["twenty-three", 23],
    ["one hundred and five", 105],
    ["two thousand five hundred", 2500],
    ["two point five", 2.5],
    ["two three", null],
    ["a dozen", 12],
    ["a chair", null],
    ["an", null],
    ["x3", null],
    ["3rd", null],
    ["4x5", null],
    ["٣ m", 3],
    ["３．５", 3.5],
    ["10²", null],
    ["1e999", null],
    ["nan", null],
    ["not 3", null],
    ["50%", null],
    ["3 m²", null],
    ["3 m - 4 m", null],
    ["a 3-meter table", 3],
    // Regressions: each was read as 3, and paid for it.
    ["3 million", 3_000_000],
    ["3 dozen", 36],
    ["-(3)", -3],
    ["minus about 3", -3],
    ["point three", 0.3],
    ["three-quarters", 0.75],
    ["3 m³", null],
    ["3 miles", 4828.032],
    ["3 degrees", null],
    // Regressions: right answers that were refused.
    ["2.5 m (8 ft)", 2.5],
    ["2 and 1/2 m", 2.5],
    ["٢٫٥", 2.5],
    ["half a dozen", 6],
  ];
  test.each(METRES)("in metres, %s", (text, value) => {
    const read = readNumber(text, "m").value;
    if (value === null) expect(read).toBeNull();
    else expect(read).toBeCloseTo(value, 12);
  });

  test("converts areas and centimetres, and takes no unit for a count", () => {
    const areas = ["20 m2", "20 m²", "20 m^2", "20 sq. m", "20 sqm", "20 meters squared", "200000 square centimeters"];
    for (const text of areas) expect([text, readNumber(text, "m2").value]).toEqual([text, 20]);
    expect(readNumber("100 square feet", "m2").value).toBeCloseTo(9.290304, 9);
    expect(readNumber("1.2 m", "cm")).toEqual({ value: 120, unit: "m", why: "converted-unit", candidates: ["1.2 m"] });
    expect(readNumber("three quarters of a meter", "cm").value).toBe(75);
    expect([readNumber("3 m", "count").why, readNumber("3 m", "m2").why]).toEqual(["wrong-unit", "wrong-unit"]);
  });
});

test("a plain number is read as the same number is among blanks that are no shortcut", () => {
  const digits = fc.string({ unit: fc.constantFrom(..."0123456789"), minLength: 1, maxLength: 16 });
  const parts = fc.tuple(
    fc.constantFrom("", " ", "\n", "\t", "\u00a0"),
    fc.constantFrom("", "+", "-"),
    digits,
    fc.oneof(
      fc.constant(""),
      digits.map((after) => `.${after}`),
    ),
    fc.constantFrom("", "."),
    fc.constantFrom("", " ", "\n", "\r\n", "\u3000"),
  );
  fc.assert(
    fc.property(parts, fc.constantFrom("count", "m", "cm", "m2"), (written, asked) => {
      const text = written.join("");
      expect(readNumber(text, asked)).toEqual(readNumber(`\n \n${text}`, asked));
    }),
    { numRuns: 3000 },
  );
});
