import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { summaryOf } from "../src/stats.ts";

test.each([
  [[], null],
  [[3], { smallest: 3, median: 3, largest: 3 }],
  [[10, 9], { smallest: 9, median: 9.5, largest: 10 }],
  [[100, 2, 30], { smallest: 2, median: 30, largest: 100 }],
])("of %j", (values, summary) => {
  expect(summaryOf(values)).toEqual(summary);
});

test("as many values lie below the median as above it, and the order does not matter", () => {
  fc.assert(
    fc.property(fc.array(fc.integer(), { minLength: 1 }), (values) => {
      const { median } = summaryOf(values)!;
      const below = values.filter((value) => value < median).length;
      const above = values.filter((value) => value > median).length;
      expect(Math.max(below, above)).toBeLessThanOrEqual(values.length / 2);
      expect(summaryOf(values.toReversed())).toEqual(summaryOf(values));
    }),
  );
});
