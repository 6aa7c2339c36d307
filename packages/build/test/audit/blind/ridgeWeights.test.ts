import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { foldEquations, withoutFold } from "../../../src/audit/blind/normalEquations.ts";
import { ridgeWeights } from "../../../src/audit/blind/ridgeWeights.ts";

const SIZE = 4;

describe("ridgeWeights of the rows outside a fold", () => {
  test("no step in any direction lowers the squared error plus penalty, computed row by row", () => {
    const row = fc.record({
      features: fc.subarray([1, 2, 3]),
      target: fc.integer({ min: -5, max: 5 }),
      fold: fc.nat({ max: 4 }),
    });
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 25 }), (drawn) => {
        const features = { size: SIZE, rows: drawn.map((own) => Uint16Array.from([0, ...own.features])) };
        const folds = Uint8Array.from(drawn, (own) => own.fold);
        const equations = foldEquations(
          features,
          drawn.map((own) => own.target),
          folds,
        );
        const weights = ridgeWeights(withoutFold(equations, 2));
        const training = drawn.filter((own) => own.fold !== 2);
        const loss = (tried: ArrayLike<number>) =>
          training.reduce((sum, { features: own, target }) => {
            const guess = [0, ...own].reduce((total, feature) => total + tried[feature]!, 0);
            return sum + (guess - target) ** 2;
          }, 0) + [1, 2, 3].reduce((sum, feature) => sum + tried[feature]! ** 2, 0);
        for (let feature = 0; feature < SIZE; feature++) {
          for (const step of [-0.01, 0.01]) {
            const moved = weights.slice();
            moved[feature]! += step;
            expect(loss(moved)).toBeGreaterThanOrEqual(loss(weights) - 1e-7);
          }
        }
      }),
    );
  });
});
