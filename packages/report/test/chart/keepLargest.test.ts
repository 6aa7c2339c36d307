import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { keepLargest } from "../../src/chart/keepLargest.ts";

test("keeps all, or leaves one place for the merged ones, none of which is larger", () => {
  fc.assert(
    fc.property(fc.array(fc.integer()), fc.integer({ min: 1, max: 12 }), (weights, limit) => {
      const { kept, merged } = keepLargest(weights, limit);
      expect([...kept, ...merged].sort((a, b) => a - b)).toEqual(weights.map((_, index) => index));
      if (weights.length <= limit) expect(merged).toEqual([]);
      else expect(kept).toHaveLength(limit - 1);
      const largestMerged = Math.max(...merged.map((index) => weights[index]));
      for (const index of kept) expect(weights[index]).toBeGreaterThanOrEqual(largestMerged);
    }),
  );
});
