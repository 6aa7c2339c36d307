import { FOLDS } from "./folds.ts";

/** Every candidate of every question as one row. */
export interface ChoiceRows {
  /** The first row of each question; one more entry for the end. */
  starts: Int32Array;
  /** Row-major, rows x keyCount: what each row has in each column, as a number of its own for each value. */
  keys: Int32Array;
  keyCount: number;
  /** How many different values there are over all columns. */
  valueCount: number;
  /** 1 where the candidate is the right one. */
  right: Uint8Array;
}

/**
 * A value seen once tells little: it counts as if ten more candidates of ordinary luck had had it (Micci-Barreca,
 * "A preprocessing scheme for high-cardinality categorical attributes", SIGKDD Explorations 2001).
 */
const SMOOTHING = 10;

/** How often each value was there, and there with the right candidate, by fold: index value * FOLDS + fold. */
interface KeyCounts {
  seen: Float64Array;
  right: Float64Array;
}

/** Counts the values of every row under its question's fold. */
export function countKeys({ keys, keyCount, valueCount, right }: ChoiceRows, rowFolds: Uint8Array): KeyCounts {
  const counts = { seen: new Float64Array(valueCount * FOLDS), right: new Float64Array(valueCount * FOLDS) };
  for (let row = 0; row < rowFolds.length; row++) {
    for (let column = 0; column < keyCount; column++) {
      const place = keys[row * keyCount + column] * FOLDS + rowFolds[row];
      counts.seen[place] += 1;
      counts.right[place] += right[row];
    }
  }
  return counts;
}

/**
 * Each value of each row as the share of candidates with it that are right, in 0 to 1. A row is never counted for
 * itself: rows of the held-out fold use all other folds, a training row the folds that are neither its own nor held
 * out.
 *
 * @returns row-major, rows x keyCount.
 */
export function encodeKeys(rows: ChoiceRows, counts: KeyCounts, rowFolds: Uint8Array, heldOut: number): Float32Array {
  const { keys, keyCount, valueCount } = rows;
  // By value and by the fold of the row that asks: the share among all folds but that one and the one held out.
  const shares = new Float32Array(valueCount * FOLDS);
  const base = baseShares(rows, rowFolds, heldOut);
  for (let value = 0; value < valueCount; value++) {
    for (let asking = 0; asking < FOLDS; asking++) {
      let seen = 0;
      let right = 0;
      for (let fold = 0; fold < FOLDS; fold++) {
        if (fold === heldOut || fold === asking) continue;
        seen += counts.seen[value * FOLDS + fold];
        right += counts.right[value * FOLDS + fold];
      }
      shares[value * FOLDS + asking] = (right + SMOOTHING * base[asking]) / (seen + SMOOTHING);
    }
  }
  const encoded = new Float32Array(keys.length);
  for (let row = 0; row < rowFolds.length; row++) {
    for (let column = 0; column < keyCount; column++) {
      const place = row * keyCount + column;
      encoded[place] = shares[keys[place] * FOLDS + rowFolds[row]];
    }
  }
  return encoded;
}

/** The share of right candidates among all that a row of each fold may learn from. */
function baseShares({ right }: ChoiceRows, rowFolds: Uint8Array, heldOut: number): Float64Array {
  const seen = new Float64Array(FOLDS);
  const rights = new Float64Array(FOLDS);
  for (const [row, fold] of rowFolds.entries()) {
    seen[fold] += 1;
    rights[fold] += right[row];
  }
  return Float64Array.from({ length: FOLDS }, (_, asking) => {
    let all = 0;
    let good = 0;
    for (let fold = 0; fold < FOLDS; fold++) {
      if (fold === heldOut || fold === asking) continue;
      all += seen[fold];
      good += rights[fold];
    }
    return all === 0 ? 0 : good / all;
  });
}
