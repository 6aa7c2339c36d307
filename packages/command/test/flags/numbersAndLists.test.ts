import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { UsageError } from "../../src/errors.ts";
import { splitAtCommas, wholeNumber } from "../../src/flags.ts";

describe("wholeNumber", () => {
  test("takes every whole number from the least on, and nothing else", () => {
    fc.assert(
      fc.property(fc.oneof(fc.integer(), fc.double()), fc.integer({ min: -9, max: 9 }), (value, least) => {
        const check = wholeNumber("--seed", least);
        if (Number.isSafeInteger(value) && value >= least) expect(check(value)).toBe(value);
        else expect(() => check(value)).toThrow(UsageError);
      }),
    );
    expect(() => wholeNumber("--seed", 0)(-1)).toThrow("--seed: got -1, expected one whole number of at least 0.");
  });
});

describe("splitAtCommas", () => {
  test("what was joined with commas and blanks comes apart again", () => {
    const word = fc.stringMatching(/^[a-z0-9_=]+$/);
    fc.assert(
      fc.property(fc.array(fc.array(word)), (groups) => {
        expect(splitAtCommas(groups.map((words) => words.join(" , ")))).toEqual(groups.flat());
      }),
    );
  });
});
