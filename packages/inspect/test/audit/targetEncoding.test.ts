import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { countKeys, encodeKeys } from "../../src/audit/targetEncoding.ts";

describe("encodeKeys", () => {
  test("is the smoothed share of right rows with the value in the folds a row may learn from, counted row by row", () => {
    const row = fc.record({ key: fc.nat({ max: 2 }), right: fc.nat({ max: 1 }), fold: fc.nat({ max: 4 }) });
    fc.assert(
      fc.property(fc.array(row, { maxLength: 30 }), fc.nat({ max: 4 }), (drawn, heldOut) => {
        const rows = {
          starts: Int32Array.of(0),
          keys: Int32Array.from(drawn, ({ key }) => key),
          keyCount: 1,
          valueCount: 3,
          right: Uint8Array.from(drawn, ({ right }) => right),
        };
        const folds = Uint8Array.from(drawn, ({ fold }) => fold);
        const encoded = encodeKeys(rows, countKeys(rows, folds), folds, heldOut);
        for (const [index, { key, fold }] of drawn.entries()) {
          const learnt = drawn.filter((other) => other.fold !== heldOut && other.fold !== fold);
          const same = learnt.filter((other) => other.key === key);
          const good = (among: typeof drawn) => among.filter(({ right }) => right === 1).length;
          const base = learnt.length === 0 ? 0 : good(learnt) / learnt.length;
          expect(encoded[index]).toBeCloseTo((good(same) + 10 * base) / (same.length + 10), 5);
        }
      }),
    );
  });
});
