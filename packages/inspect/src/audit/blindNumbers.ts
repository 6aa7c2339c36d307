import { at } from "@vsi/dataset/internal";
import { CholeskyDecomposition, Matrix } from "ml-matrix";
import { FOLDS } from "./folds.ts";
import { type AuditQuestion, countBy, questionWords } from "./questions.ts";

/**
 * The best guess at every number from the question's text alone: a ridge regression of the logarithm on the labels
 * named, learnt from the rooms of the other folds. Whole numbers where all answers are whole; where some answer is not
 * positive, the regression is of the number itself.
 */
export function blindNumbers(questions: readonly AuditQuestion[], folds: Uint8Array): number[] {
  const features = numberFeatures(questions);
  const isLogarithmic = questions.every(({ value }) => value > 0);
  const isWhole = questions.every(({ value }) => Number.isInteger(value));
  const targets = Float64Array.from(questions, ({ value }) => (isLogarithmic ? Math.log(value) : value));
  const equations = foldEquations(features, targets, folds);
  const weights = Array.from({ length: FOLDS }, (_, fold) => ridgeWeights(withoutFold(equations, fold)));
  return features.rows.map((row, index) => {
    const own = at(weights, at(folds, index));
    const sum = row.reduce((total, feature) => total + at(own, feature), 0);
    const guess = isLogarithmic ? Math.exp(sum) : sum;
    return isWhole ? Math.round(guess) : guess;
  });
}

/** The sums that least squares need, of one set of questions. */
interface NormalEquations {
  /** Row-major, size x size: for two features the number of questions that have both. */
  products: Float64Array;
  /** For each feature, the sum of the targets of the questions that have it. */
  targets: Float64Array;
}

/**
 * The sums of each fold's questions alone. What a fold leaves out is a difference, so that all five fits cost one pass
 * over the questions.
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
    const sums = at(equations, at(folds, index));
    const target = at(targets, index);
    for (const first of row) {
      add(sums.targets, first, target);
      for (const second of row) add(sums.products, first * size + second, 1);
    }
  }
  return equations;
}

function add(sums: Float64Array, index: number, value: number): void {
  sums[index] = at(sums, index) + value;
}

/** The sums over all folds but one. */
export function withoutFold(equations: readonly NormalEquations[], fold: number): NormalEquations {
  const others = equations.filter((_, index) => index !== fold);
  const sumOf = (part: keyof NormalEquations): Float64Array =>
    at(others, 0)[part].map((_, index) => others.reduce((sum, own) => sum + at(own[part], index), 0));
  return { products: sumOf("products"), targets: sumOf("targets") };
}

/** 300: as many labels as carry nearly all questions of ScanNet, and few enough to solve for in a tenth of a second. */
const MOST_FEATURES = 300;

/** A feature of fewer questions is too rare to learn from. */
const FEWEST_USES = 5;

/** Which of the features each question has; feature 0 is one that all have. */
interface NumberFeatures {
  /** How many features there are. */
  size: number;
  /** The features of each question, ascending. */
  rows: Uint16Array[];
}

/**
 * What the text says as yes-or-no features: each label in its place, each label anywhere, each pair of labels in either
 * order, and single words where the wording is not known. The most frequent are kept; the texts alone
 * decide which, never an answer.
 */
export function numberFeatures(questions: readonly AuditQuestion[]): NumberFeatures {
  const unknown = questions.filter(({ places }) => Object.keys(places).length === 0);
  const words = new Map(questionWords(unknown).map((own, index) => [at(unknown, index), own]));
  const named = questions.map((question) => featureNames(question, words.get(question) ?? []));
  const uses = countBy(named.flat());
  const kept = [...uses]
    .filter(([, count]) => count >= FEWEST_USES)
    .sort(([a, usesA], [b, usesB]) => usesB - usesA || (a < b ? -1 : 1))
    .slice(0, MOST_FEATURES - 1);
  const indexOf = new Map(kept.map(([name], index) => [name, index + 1]));
  const rows = named.map((names) => {
    const indexes = names.map((name) => indexOf.get(name)).filter((index) => index !== undefined);
    return Uint16Array.from([0, ...indexes]).sort();
  });
  return { size: kept.length + 1, rows };
}

function featureNames({ places }: AuditQuestion, words: readonly string[]): string[] {
  const entries = Object.entries(places);
  const labels = [...new Set(entries.map(([, label]) => label))].sort();
  const pairs = labels.flatMap((first, index) => labels.slice(index + 1).map((second) => `pair ${first}\n${second}`));
  return [
    ...entries.map(([place, label]) => `${place} ${label}`),
    ...labels.map((label) => `label ${label}`),
    ...pairs,
    ...words.map((word) => `word ${word}`),
  ];
}

/** Added to each feature's own count, as if every label had been seen once more with a target of 0. */
const PENALTY = 1;

/** Keeps the equations solvable where there is nothing to learn from; far below any count. */
const SMALLEST_PIVOT = 1e-9;

/**
 * The weights of a ridge regression (Hoerl and Kennard, 1970), one per feature; feature 0, the constant, is not
 * penalised.
 */
export function ridgeWeights({ products, targets }: NormalEquations): Float64Array {
  const size = targets.length;
  const system = Matrix.from1DArray(size, size, products);
  system.set(0, 0, system.get(0, 0) + SMALLEST_PIVOT);
  for (let feature = 1; feature < size; feature += 1) {
    system.set(feature, feature, system.get(feature, feature) + PENALTY);
  }
  return Float64Array.from(new CholeskyDecomposition(system).solve(Matrix.columnVector(targets)).to1DArray());
}
