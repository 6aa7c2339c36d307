import { FOLDS } from "../questions/roomFolds.ts";
import type { NumberFeatures } from "./numberFeatures.ts";

/** The sums that least squares need, of one set of questions. */
export interface NormalEquations {
  /** Row-major, size x size: for two features the number of questions that have both. */
  products: Float64Array;
  /** For each feature, the sum of the targets of the questions that have it. */
  targets: Float64Array;
}

/**
 * The sums of each fold's questions alone. What a fold leaves out is a difference, so that all five fits cost one pass over
 * the questions.
 */
export function foldEquations(
  { size, rows }: NumberFeatures,
  targets: ArrayLike<number>,
  folds: Uint8Array,
): NormalEquations[] {
  const equations = Array.from({ length: FOLDS }, () => ({
    products: new Float64Array(size * size),
    targets: new Float64Array(size),
  }));
  for (const [index, row] of rows.entries()) {
    const sums = equations[folds[index]!]!;
    const target = targets[index]!;
    for (const first of row) {
      sums.targets[first] += target;
      for (const second of row) sums.products[first * size + second] += 1;
    }
  }
  return equations;
}

/** The sums over all folds but one. */
export function withoutFold(equations: readonly NormalEquations[], fold: number): NormalEquations {
  const sumOf = (part: keyof NormalEquations): Float64Array => {
    const sum = new Float64Array(equations[0]![part].length);
    for (const [index, own] of equations.entries()) {
      if (index !== fold) for (let at = 0; at < sum.length; at++) sum[at] += own[part][at]!;
    }
    return sum;
  };
  return { products: sumOf("products"), targets: sumOf("targets") };
}
