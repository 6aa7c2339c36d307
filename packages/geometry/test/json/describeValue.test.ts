import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { describeValue } from "../../src/json/describeValue.ts";

test.each<[unknown, string]>([
  [undefined, "nothing"],
  [null, "null"],
  [[1, 2], "a list of 2"],
  [{}, "an object"],
  ["a\nb", '"a\\nb"'],
  [1.5, "1.5"],
  [Number.NaN, "NaN"],
  [-Infinity, "-Infinity"],
  [true, "true"],
])("%p is described as %s", (value, text) => {
  expect(describeValue(value)).toBe(text);
});

test("any value gives a short line that is not empty", () => {
  fc.assert(
    fc.property(fc.anything(), (value) => {
      const text = describeValue(value);
      expect(text.trim()).not.toBe("");
      expect(text.length).toBeLessThanOrEqual(80);
      expect(text).not.toMatch(/[\r\n]/);
    }),
  );
});
