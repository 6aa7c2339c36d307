import { BINS } from "./binColumns.ts";

/** Splits from the root to a leaf. */
const DEPTH = 3;

/** Nodes of a full tree: node n has the children 2n + 1 and 2n + 2. */
const NODES = 2 ** (DEPTH + 1) - 1;

/** The leaves' penalty, and the least that a leaf must weigh (sums of second derivatives): a leaf of some twenty rows. */
const LEAF_PENALTY = 1;
const LIGHTEST_LEAF = 4;

/** A regression tree over binned columns. */
export interface Tree {
  /** The column that a node asks for; -1 for a leaf. */
  column: Int16Array;
  /** Rows with at most this bin go to the first child. */
  bin: Uint8Array;
  value: Float64Array;
}

/** What a tree is grown from. */
export interface TreeInput {
  /** Row-major, rows x columns. */
  bins: Uint8Array;
  columns: number;
  /** The rows to learn from. */
  rows: Int32Array;
  /** First and second derivatives of the loss, by row. */
  gradients: Float64Array;
  hessians: Float64Array;
}

/** One tree that lowers the loss most, level by level, by histograms of the derivatives (Chen and Guestrin, XGBoost, KDD 2016). */
export function growTree({ bins, columns, rows, gradients, hessians }: TreeInput): Tree {
  const tree = { column: new Int16Array(NODES).fill(-1), bin: new Uint8Array(NODES), value: new Float64Array(NODES) };
  const nodeOf = new Int32Array(rows.length);
  for (let depth = 0; depth < DEPTH; depth++) {
    const first = 2 ** depth - 1;
    const sums = new Float64Array(2 ** depth * columns * BINS * 2);
    // Plain loops here and below: the iterators of typed arrays take ten times as long.
    for (let index = 0; index < rows.length; index++) {
      if (nodeOf[index]! < first) continue;
      const row = rows[index]!;
      const gradient = gradients[row]!;
      const hessian = hessians[row]!;
      const offset = (nodeOf[index]! - first) * columns;
      for (let column = 0; column < columns; column++) {
        const at = ((offset + column) * BINS + bins[row * columns + column]!) * 2;
        sums[at] += gradient;
        sums[at + 1] += hessian;
      }
    }
    for (let node = first; node < 2 * first + 1; node++) splitNode(tree, node, sums, (node - first) * columns, columns);
    for (let index = 0; index < rows.length; index++) {
      const node = nodeOf[index]!;
      if (node >= first && tree.column[node]! >= 0) nodeOf[index] = childOf(tree, node, bins, rows[index]! * columns);
    }
  }
  const gradientOf = new Float64Array(NODES);
  const hessianOf = new Float64Array(NODES);
  for (let index = 0; index < rows.length; index++) {
    gradientOf[nodeOf[index]!] += gradients[rows[index]!]!;
    hessianOf[nodeOf[index]!] += hessians[rows[index]!]!;
  }
  for (let node = 0; node < NODES; node++) tree.value[node] = -gradientOf[node]! / (hessianOf[node]! + LEAF_PENALTY);
  return tree;
}

/** What the tree says of a row, whose bins begin at `offset`. */
export function treeValue(tree: Tree, bins: Uint8Array, offset: number): number {
  let node = 0;
  while (tree.column[node]! >= 0) node = childOf(tree, node, bins, offset);
  return tree.value[node]!;
}

function childOf(tree: Tree, node: number, bins: Uint8Array, offset: number): number {
  return 2 * node + (bins[offset + tree.column[node]!]! <= tree.bin[node]! ? 1 : 2);
}

/** Gives a node the split that gains most, if any gains. */
function splitNode(tree: Tree, node: number, sums: Float64Array, offset: number, columns: number): void {
  let gradient = 0;
  let hessian = 0;
  for (let bin = 0; bin < BINS; bin++) {
    gradient += sums[(offset * BINS + bin) * 2]!;
    hessian += sums[(offset * BINS + bin) * 2 + 1]!;
  }
  let best = gainOf(gradient, hessian) + Number.EPSILON;
  for (let column = 0; column < columns; column++) {
    let left = 0;
    let leftHessian = 0;
    for (let bin = 0; bin < BINS - 1; bin++) {
      const at = ((offset + column) * BINS + bin) * 2;
      left += sums[at]!;
      leftHessian += sums[at + 1]!;
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
