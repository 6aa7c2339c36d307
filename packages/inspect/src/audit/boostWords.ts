import { rowsOf, shareOut } from "./boostTrees.ts";
import type { SparseRows } from "./conditionalLogit.ts";

/** Many steps: single names and pairs are weak hints, and each is one split. More trees in smaller steps found no more. */
const TREES = 40;
const LEARNING_RATE = 0.2;

/** Splits from the root to a leaf. */
const DEPTH = 3;

/** Nodes of a full tree: node n has the children 2n + 1 (without the feature) and 2n + 2 (with it). */
const NODES = 2 ** (DEPTH + 1) - 1;

/** The leaves' penalty, and the least that a leaf must weigh (sums of second derivatives): some five rows. */
const LEAF_PENALTY = 1;
const LIGHTEST_LEAF = 1;

/**
 * How much each row of the asked questions is believed in, as shares that sum to 1 within a question; 0 in other rows.
 * Boosted trees as in boostTrees, but over yes-or-no features: each split asks whether a row has one.
 *
 * @param rows a feature counts as there where its value is positive.
 * @param training the questions that are learnt from.
 */
export function boostWords(rows: SparseRows, training: Int32Array, asked: Int32Array): Float64Array {
  const { starts, right } = rows;
  const logits = new Float64Array(right.length);
  const shares = new Float64Array(right.length);
  const gradients = new Float64Array(right.length);
  const hessians = new Float64Array(right.length);
  const learnt = rowsOf(training, starts);
  const guessed = rowsOf(asked, starts);
  const sums = new Float64Array(2 ** (DEPTH - 1) * rows.featureCount * 2);
  for (let round = 0; round < TREES; round++) {
    shareOut(training, starts, logits, shares);
    for (let index = 0; index < learnt.length; index++) {
      const row = learnt[index];
      gradients[row] = shares[row] - right[row];
      hessians[row] = shares[row] * (1 - shares[row]);
    }
    const tree = growTree(rows, learnt, gradients, hessians, sums);
    for (const reached of [learnt, guessed]) {
      for (let index = 0; index < reached.length; index++) {
        const row = reached[index];
        let node = 0;
        while (tree.feature[node] >= 0) node = 2 * node + (hasFeature(rows, row, tree.feature[node]) ? 2 : 1);
        logits[row] += LEARNING_RATE * tree.value[node];
      }
    }
  }
  shares.fill(0);
  shareOut(asked, starts, logits, shares);
  return shares;
}

/** A regression tree over yes-or-no features. */
interface Tree {
  /** The feature that a node asks for; -1 for a leaf. */
  feature: Int32Array;
  value: Float64Array;
}

/** One tree, level by level. `sums` is scratch: for each node of a level and feature both sums of derivatives. */
function growTree(
  rows: SparseRows,
  learnt: Int32Array,
  gradients: Float64Array,
  hessians: Float64Array,
  sums: Float64Array,
): Tree {
  const { entries, features, values, featureCount } = rows;
  const tree = { feature: new Int32Array(NODES).fill(-1), value: new Float64Array(NODES) };
  const gradientOf = new Float64Array(NODES);
  const hessianOf = new Float64Array(NODES);
  const nodeOf = new Int32Array(learnt.length);
  for (let depth = 0; depth <= DEPTH; depth++) {
    const first = 2 ** depth - 1;
    const isLast = depth === DEPTH;
    if (!isLast) sums.fill(0, 0, 2 ** depth * featureCount * 2);
    for (let index = 0; index < learnt.length; index++) {
      const node = nodeOf[index];
      if (node < first) continue;
      const row = learnt[index];
      gradientOf[node] += gradients[row];
      hessianOf[node] += hessians[row];
      if (isLast) continue;
      const offset = (node - first) * featureCount;
      for (let entry = entries[row]; entry < entries[row + 1]; entry++) {
        if (values[entry] <= 0) continue;
        const at = (offset + features[entry]) * 2;
        sums[at] += gradients[row];
        sums[at + 1] += hessians[row];
      }
    }
    if (isLast) break;
    for (let node = first; node < 2 * first + 1; node++) {
      tree.feature[node] = bestSplit(
        sums,
        (node - first) * featureCount,
        featureCount,
        gradientOf[node],
        hessianOf[node],
      );
    }
    for (let index = 0; index < learnt.length; index++) {
      const node = nodeOf[index];
      if (node < first || tree.feature[node] < 0) continue;
      nodeOf[index] = 2 * node + (hasFeature(rows, learnt[index], tree.feature[node]) ? 2 : 1);
    }
  }
  for (let node = 0; node < NODES; node++) tree.value[node] = -gradientOf[node] / (hessianOf[node] + LEAF_PENALTY);
  return tree;
}

/** The feature whose split gains most; -1 where none gains. */
function bestSplit(
  sums: Float64Array,
  offset: number,
  featureCount: number,
  gradient: number,
  hessian: number,
): number {
  let best = gainOf(gradient, hessian) + Number.EPSILON;
  let found = -1;
  for (let feature = 0; feature < featureCount; feature++) {
    const own = sums[(offset + feature) * 2];
    const weight = sums[(offset + feature) * 2 + 1];
    if (weight < LIGHTEST_LEAF || hessian - weight < LIGHTEST_LEAF) continue;
    const gain = gainOf(own, weight) + gainOf(gradient - own, hessian - weight);
    if (gain > best) {
      best = gain;
      found = feature;
    }
  }
  return found;
}

function gainOf(gradient: number, hessian: number): number {
  return gradient ** 2 / (hessian + LEAF_PENALTY);
}

function hasFeature({ entries, features, values }: SparseRows, row: number, feature: number): boolean {
  for (let entry = entries[row]; entry < entries[row + 1]; entry++) {
    if (features[entry] === feature) return values[entry] > 0;
  }
  return false;
}
