import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { fitLogit, logitShares, type SparseRows } from "../../src/audit/conditionalLogit.ts";

const FEATURES = 4;

/** A question: what each candidate has of each feature, and which candidate is right (-1: none). */
interface Drawn {
  candidates: number[][];
  answer: number;
}

function rowsOf(drawn: readonly Drawn[]): SparseRows {
  const starts = [0];
  const entries = [0];
  const features: number[] = [];
  const values: number[] = [];
  const right: number[] = [];
  for (const { candidates, answer } of drawn) {
    for (const [place, row] of candidates.entries()) {
      for (const [feature, value] of row.entries()) {
        if (value === 0) continue;
        features.push(feature);
        values.push(value);
      }
      entries.push(features.length);
      right.push(place === answer ? 1 : 0);
    }
    starts.push(right.length);
  }
  return {
    starts: Int32Array.from(starts),
    entries: Int32Array.from(entries),
    features: Int32Array.from(features),
    values: Float32Array.from(values),
    featureCount: FEATURES,
    right: Uint8Array.from(right),
  };
}

/** The definition, question by question: cross-entropy of the softmax plus half the weights' squares times the penalty. */
function loss(drawn: readonly Drawn[], weights: ArrayLike<number>, penalty: number): number {
  let sum = 0;
  for (const { candidates, answer } of drawn) {
    if (answer < 0) continue;
    const powers = candidates.map((row) =>
      Math.exp(row.reduce((all, value, index) => all + value * weights[index]!, 0)),
    );
    sum -= Math.log(powers[answer]! / powers.reduce((all, power) => all + power, 0));
  }
  return sum + (penalty / 2) * Array.from(weights).reduce((all, weight) => all + weight ** 2, 0);
}

const row = fc.array(fc.constantFrom<number[]>(-1, 0, 0, 1), { minLength: FEATURES, maxLength: FEATURES });
const question = fc
  .array(row, { minLength: 2, maxLength: 4 })
  .chain((candidates) =>
    fc.record({ candidates: fc.constant(candidates), answer: fc.integer({ min: -1, max: candidates.length - 1 }) }),
  );

describe("fitLogit", () => {
  test("no step in any direction lowers the penalised loss, computed question by question", () => {
    fc.assert(
      fc.property(fc.array(question, { minLength: 1, maxLength: 20 }), fc.constantFrom(0.5, 3), (drawn, penalty) => {
        const training = Int32Array.from(drawn.keys());
        const weights = fitLogit(rowsOf(drawn), training, penalty);
        const found = loss(drawn, weights, penalty);
        for (let feature = 0; feature < FEATURES; feature++) {
          for (const step of [-0.05, 0.05]) {
            const moved = weights.slice();
            moved[feature]! += step;
            expect(loss(drawn, moved, penalty)).toBeGreaterThan(found - 1e-9);
          }
        }
      }),
    );
  });

  test("learns from the given questions alone, and ends at 0 with none", () => {
    const drawn: Drawn[] = [
      {
        candidates: [
          [1, 0, 0, 0],
          [0, 1, 0, 0],
        ],
        answer: 0,
      },
      {
        candidates: [
          [1, 0, 0, 0],
          [0, 1, 0, 0],
        ],
        answer: 1,
      },
    ];
    const rows = rowsOf(drawn);
    const first = fitLogit(rows, Int32Array.of(0), 1);
    expect(first[0]).toBeGreaterThan(0.2);
    expect(first[1]).toBeCloseTo(-first[0]!, 6);
    expect(fitLogit(rows, Int32Array.of(1), 1)[0]).toBeCloseTo(-first[0]!, 6);
    expect([...fitLogit(rows, new Int32Array(0), 1)]).toEqual([0, 0, 0, 0]);
  });
});

test("logitShares: the softmax within each asked question, other rows untouched", () => {
  fc.assert(
    fc.property(fc.array(question, { minLength: 2, maxLength: 6 }), (drawn) => {
      const rows = rowsOf(drawn);
      const weights = Float64Array.of(0.5, -1, 2, 0);
      const shares = new Float64Array(rows.right.length).fill(7);
      logitShares(rows, weights, Int32Array.of(1), shares);
      const powers = drawn[1]!.candidates.map((own) =>
        Math.exp(own.reduce((all, value, index) => all + value * weights[index]!, 0)),
      );
      const total = powers.reduce((all, power) => all + power, 0);
      for (const [place, power] of powers.entries())
        expect(shares[rows.starts[1]! + place]).toBeCloseTo(power / total, 10);
      const untouched = [...shares].filter((share) => share === 7);
      expect(untouched.length).toBeGreaterThanOrEqual(rows.right.length - powers.length);
    }),
  );
});
