import { describe, expect, test } from "@jest/globals";
import { at } from "@vsi/dataset/internal";
import fc from "fast-check";
import { addFraction, readNumberWords, readNumeral, scaled } from "../../src/reader/numbers.ts";
import { tokens } from "../../src/reader/plainText.ts";

const ONES =
  "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split(
    " ",
  );
const TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split(" ");

/** English cardinals by the textbook's recursion, with what joins their parts. */
function cardinal(value: number, hyphen: string, and: string): string {
  const rest = (part: number, joint: string) => (part === 0 ? "" : joint + cardinal(part, hyphen, and));
  if (value < 20) return at(ONES, value);
  if (value < 100) return TENS[Math.floor(value / 10) - 2] + rest(value % 10, hyphen);
  if (value < 1000) return `${ONES[Math.floor(value / 100)]} hundred${rest(value % 100, and)}`;
  return `${cardinal(Math.floor(value / 1000), hyphen, and)} thousand${rest(value % 1000, value % 1000 < 100 ? and : " ")}`;
}

describe("readNumberWords", () => {
  test("reads every way to say a whole number below a million, to its end", () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.integer({ min: 0, max: 999 }), fc.integer({ min: 0, max: 999_999 })),
        fc.constantFrom("-", " "),
        fc.constantFrom(" and ", " "),
        (value, hyphen, and) => {
          const words = tokens(cardinal(value, hyphen, and));
          expect(readNumberWords(words, 0)).toEqual({ value, next: words.length });
        },
      ),
    );
  });

  test.each<[string, number | null]>([
    ["half", 0.5],
    ["a half", 0.5],
    ["half a dozen", 6],
    ["one-third", 1 / 3],
    ["three-quarters", 0.75],
    ["two and a half", 2.5],
    ["two and three-quarters", 2.75],
    ["two and a half million", 2_500_000],
    ["two point five", 2.5],
    ["point five", 0.5],
    ["point", null],
    ["a hundred", 100],
    ["a third", 1 / 3],
    ["third", null],
    ["a chair", null],
    ["an", null],
    ["hundred", null],
    ["", null],
  ])("%j", (text, value) => {
    expect(readNumberWords(tokens(text), 0)?.value ?? null).toBe(value);
  });

  test("regression: no one is nobody", () => {
    expect(readNumberWords(tokens("no one"), 1)).toBeNull();
  });
});

test("addFraction and scaled leave a number alone that nothing follows", () => {
  const words = tokens("2 chairs and a table");
  const number = { value: 2, next: 1 };
  expect([addFraction(words, number), scaled(words, number)]).toEqual([number, number]);
  expect(addFraction(tokens("2 and a half"), number)).toEqual({ value: 2.5, next: 4 });
  expect(scaled(tokens("2 hundred thousand"), number)).toEqual({ value: 200_000, next: 3 });
});

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
