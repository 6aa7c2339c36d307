import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { quantile } from "../../src/score/quantile.ts";

describe("quantile", () => {
  test("of 0, 1, ... 100 is the percentage itself, as numpy.quantile says", () => {
    const hundred = Float64Array.from({ length: 101 }, (_, index) => index);
    for (const share of [0, 0.025, 0.5, 0.975, 1]) expect(quantile(hundred, share)).toBeCloseTo(share * 100, 10);
  });

  test("of one value is that value; of two it lies on the line between them", () => {
    expect(quantile(Float64Array.of(7), 0.3)).toBe(7);
    expect(quantile(Float64Array.of(2, 4), 0.25)).toBe(2.5);
  });

  test("never leaves the values and never falls as the share grows", () => {
    const values = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1 });
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(values, share, share, (list, one, other) => {
        const sorted = Float64Array.from(list).sort();
        const [low, high] = [quantile(sorted, Math.min(one, other)), quantile(sorted, Math.max(one, other))];
        expect(low).toBeGreaterThanOrEqual(sorted[0]! - 1e-6);
        expect(high).toBeLessThanOrEqual(sorted.at(-1)! + 1e-6);
        expect(high).toBeGreaterThanOrEqual(low - 1e-6);
      }),
    );
  });
});
