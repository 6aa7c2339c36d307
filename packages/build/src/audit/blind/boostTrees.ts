import { growTree, treeValue } from "./growTree.ts";

/** Trees, and what each adds: enough for a handful of columns to be found, too few to learn single rooms by heart. */
const TREES = 30;
const LEARNING_RATE = 0.25;

/** What the ensemble is fitted to. */
export interface BoostInput {
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
 * Boosted trees (Friedman, "Greedy function approximation", 2001) whose loss is the cross-entropy among the candidates of
 * one question.
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
      const row = rows[index]!;
      gradients[row] = shares[row]! - right[row]!;
      hessians[row] = shares[row]! * (1 - shares[row]!);
    }
    const tree = growTree({ bins, columns, rows, gradients, hessians });
    for (const reached of [rows, askedRows]) {
      for (let index = 0; index < reached.length; index++) {
        const row = reached[index]!;
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
    for (let row = starts[question]!; row < starts[question + 1]!; row++) rows.push(row);
  }
  return Int32Array.from(rows);
}

/** Turns the logits of each question's rows into shares that sum to 1. */
function shareOut(questions: Int32Array, starts: Int32Array, logits: Float64Array, shares: Float64Array): void {
  for (let index = 0; index < questions.length; index++) {
    const start = starts[questions[index]!]!;
    const end = starts[questions[index]! + 1]!;
    let largest = Number.NEGATIVE_INFINITY;
    for (let row = start; row < end; row++) largest = Math.max(largest, logits[row]!);
    let total = 0;
    for (let row = start; row < end; row++) {
      shares[row] = Math.exp(logits[row]! - largest);
      total += shares[row]!;
    }
    for (let row = start; row < end; row++) shares[row] /= total;
  }
}
