/** Number of trees and learning rate: enough to find a handful of useful columns, too few to memorise rooms. */
const TREES = 30;
const LEARNING_RATE = 0.25;

/** What the ensemble is fitted to. */
interface BoostInput {
  /** Row-major, rows x columns. */
  bins: Uint8Array;
  columns: number;
  /** The first row of each question; one more entry for the end. */
  starts: Int32Array;
  /** 1 for the row of a right candidate. */
  right: Uint8Array;
  /** The questions that are learnt from. */
  training: Int32Array;
  /** The questions to guess at. */
  asked: Int32Array;
}

/**
 * How much each row of the asked questions is believed in, as shares that sum to 1 within a question; 0 in other rows.
 * Boosted trees (Friedman, "Greedy function approximation", 2001) whose loss is the cross-entropy among the candidates
 * of one question.
 */
export function boostTrees({ bins, columns, starts, right, training, asked }: BoostInput): Float64Array {
  const logits = new Float64Array(right.length);
  const shares = new Float64Array(right.length);
  const gradients = new Float64Array(right.length);
  const hessians = new Float64Array(right.length);
  const rows = rowsOf(training, starts);
  const askedRows = rowsOf(asked, starts);
  for (let round = 0; round < TREES; round++) {
    shareOut(training, starts, logits, shares);
    for (let index = 0; index < rows.length; index++) {
      const row = rows[index];
      gradients[row] = shares[row] - right[row];
      hessians[row] = shares[row] * (1 - shares[row]);
    }
    const tree = growTree({ bins, columns, rows, gradients, hessians });
    for (const reached of [rows, askedRows]) {
      for (let index = 0; index < reached.length; index++) {
        const row = reached[index];
        logits[row] += LEARNING_RATE * treeValue(tree, bins, row * columns);
      }
    }
  }
  shares.fill(0);
  shareOut(asked, starts, logits, shares);
  return shares;
}

/** The rows of some questions, in their order. */
export function rowsOf(questions: Int32Array, starts: Int32Array): Int32Array {
  const rows: number[] = [];
  for (const question of questions) {
    for (let row = starts[question]; row < starts[question + 1]; row++) rows.push(row);
  }
  return Int32Array.from(rows);
}

/** Turns the logits of each question's rows into shares that sum to 1. */
export function shareOut(questions: Int32Array, starts: Int32Array, logits: Float64Array, shares: Float64Array): void {
  for (let index = 0; index < questions.length; index++) {
    const start = starts[questions[index]];
    const end = starts[questions[index] + 1];
    let largest = Number.NEGATIVE_INFINITY;
    for (let row = start; row < end; row++) largest = Math.max(largest, logits[row]);
    let total = 0;
    for (let row = start; row < end; row++) {
      shares[row] = Math.exp(logits[row] - largest);
      total += shares[row];
    }
    for (let row = start; row < end; row++) shares[row] /= total;
  }
}

/** Splits from the root to a leaf. */
const DEPTH = 3;

/** Nodes of a full tree: node n has the children 2n + 1 and 2n + 2. */
const NODES = 2 ** (DEPTH + 1) - 1;

/**
 * The leaves' penalty, and the least that a leaf must weigh (sums of second derivatives): a leaf of some twenty rows.
 */
const LEAF_PENALTY = 1;
const LIGHTEST_LEAF = 4;

/** A regression tree over binned columns. */
interface Tree {
  /** The column that a node asks for; -1 for a leaf. */
  column: Int16Array;
  /** Rows with at most this bin go to the first child. */
  bin: Uint8Array;
  value: Float64Array;
}

/** What a tree is grown from. */
interface TreeInput {
  /** Row-major, rows x columns. */
  bins: Uint8Array;
  columns: number;
  /** The rows to learn from. */
  rows: Int32Array;
  /** First and second derivatives of the loss, by row. */
  gradients: Float64Array;
  hessians: Float64Array;
}

/**
 * One tree that lowers the loss most, level by level, by histograms of the derivatives (Chen and Guestrin, XGBoost, KDD
 * 2016).
 */
export function growTree({ bins, columns, rows, gradients, hessians }: TreeInput): Tree {
  const tree = { column: new Int16Array(NODES).fill(-1), bin: new Uint8Array(NODES), value: new Float64Array(NODES) };
  const nodeOf = new Int32Array(rows.length);
  for (let depth = 0; depth < DEPTH; depth++) {
    const first = 2 ** depth - 1;
    const sums = new Float64Array(2 ** depth * columns * BINS * 2);
    // Plain loops here and below: the iterators of typed arrays take ten times as long.
    for (let index = 0; index < rows.length; index++) {
      if (nodeOf[index] < first) continue;
      const row = rows[index];
      const gradient = gradients[row];
      const hessian = hessians[row];
      const offset = (nodeOf[index] - first) * columns;
      for (let column = 0; column < columns; column++) {
        const at = ((offset + column) * BINS + bins[row * columns + column]) * 2;
        sums[at] += gradient;
        sums[at + 1] += hessian;
      }
    }
    for (let node = first; node < 2 * first + 1; node++) splitNode(tree, node, sums, (node - first) * columns, columns);
    for (let index = 0; index < rows.length; index++) {
      const node = nodeOf[index];
      if (node >= first && tree.column[node] >= 0) nodeOf[index] = childOf(tree, node, bins, rows[index] * columns);
    }
  }
  const gradientOf = new Float64Array(NODES);
  const hessianOf = new Float64Array(NODES);
  for (let index = 0; index < rows.length; index++) {
    gradientOf[nodeOf[index]] += gradients[rows[index]];
    hessianOf[nodeOf[index]] += hessians[rows[index]];
  }
  for (let node = 0; node < NODES; node++) tree.value[node] = -gradientOf[node] / (hessianOf[node] + LEAF_PENALTY);
  return tree;
}

/** What the tree says of a row, whose bins begin at `offset`. */
export function treeValue(tree: Tree, bins: Uint8Array, offset: number): number {
  let node = 0;
  while (tree.column[node] >= 0) node = childOf(tree, node, bins, offset);
  return tree.value[node];
}

function childOf(tree: Tree, node: number, bins: Uint8Array, offset: number): number {
  return 2 * node + (bins[offset + tree.column[node]] <= tree.bin[node] ? 1 : 2);
}

/** Gives a node the split that gains most, if any gains. */
function splitNode(tree: Tree, node: number, sums: Float64Array, offset: number, columns: number): void {
  let gradient = 0;
  let hessian = 0;
  for (let bin = 0; bin < BINS; bin++) {
    gradient += sums[(offset * BINS + bin) * 2];
    hessian += sums[(offset * BINS + bin) * 2 + 1];
  }
  let best = gainOf(gradient, hessian) + Number.EPSILON;
  for (let column = 0; column < columns; column++) {
    let left = 0;
    let leftHessian = 0;
    for (let bin = 0; bin < BINS - 1; bin++) {
      const at = ((offset + column) * BINS + bin) * 2;
      left += sums[at];
      leftHessian += sums[at + 1];
      if (leftHessian < LIGHTEST_LEAF || hessian - leftHessian < LIGHTEST_LEAF) continue;
      const gain = gainOf(left, leftHessian) + gainOf(gradient - left, hessian - leftHessian);
      if (gain > best) {
        best = gain;
        tree.column[node] = column;
        tree.bin[node] = bin;
      }
    }
  }
}

function gainOf(gradient: number, hessian: number): number {
  return gradient ** 2 / (hessian + LEAF_PENALTY);
}

/** 32 steps a column: finer ones would only follow the noise of a few thousand questions. */
export const BINS = 32;

/** Rows that decide where the steps lie; more would only cost time to sort. */
const SAMPLED_ROWS = 4096;

/**
 * Values as the number of the step that they fall on, 0 to BINS - 1; each step holds about as many training rows.
 *
 * @param values row-major, rows x columns.
 * @param training the rows that decide where the steps lie.
 */
export function binColumns(values: Float32Array, columns: number, training: Int32Array): Uint8Array {
  const bins = new Uint8Array(values.length);
  const stride = Math.max(1, Math.floor(training.length / SAMPLED_ROWS));
  const sampled = training.filter((_, index) => index % stride === 0);
  for (let column = 0; column < columns; column++) {
    const sorted = Float32Array.from(sampled, (row) => values[row * columns + column]).sort();
    const edges = new Set<number>();
    for (let bin = 1; bin < BINS; bin++) edges.add(sorted[Math.floor((bin * sorted.length) / BINS)]);
    const ordered = Float32Array.from(edges).sort();
    for (let at = column; at < values.length; at += columns) bins[at] = stepOf(ordered, values[at]);
  }
  return bins;
}

/** How many edges are at or below the value. */
function stepOf(edges: Float32Array, value: number): number {
  let low = 0;
  let high = edges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (edges[middle] <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}
