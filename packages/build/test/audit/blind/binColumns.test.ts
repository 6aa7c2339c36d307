import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { BINS, binColumns } from "../../../src/audit/blind/binColumns.ts";

describe("binColumns", () => {
  test("a larger value never has a smaller bin, equal values have the same, and there are at most BINS", () => {
    fc.assert(
      fc.property(
        fc.array(fc.float({ noNaN: true, noDefaultInfinity: true }), { minLength: 1, maxLength: 80 }),
        (drawn) => {
          const values = Float32Array.from(drawn);
          const bins = binColumns(values, 1, Int32Array.from(values.keys()));
          for (const [a, first] of values.entries()) {
            for (const [b, second] of values.entries())
              if (first <= second) expect(bins[a]).toBeLessThanOrEqual(bins[b]!);
          }
          expect(Math.max(...bins)).toBeLessThan(BINS);
        },
      ),
    );
  });

  test("the training rows alone decide where the steps lie", () => {
    const training = Int32Array.of(0, 1, 2, 3);
    const near = binColumns(Float32Array.of(0, 1, 2, 3, 1.5, 9), 1, training);
    const far = binColumns(Float32Array.of(0, 1, 2, 3, 700, -9), 1, training);
    expect([...far.subarray(0, 4)]).toEqual([...near.subarray(0, 4)]);
    expect(new Set(near.subarray(0, 4)).size).toBe(4);
  });
});
