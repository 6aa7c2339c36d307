import { at, median } from "@vsi/dataset/internal";
import { type AuditQuestion, countBy } from "./questions.ts";

/** A guess: a number, or one of the candidates' words. */
export type Guess = number | string;

/** Answers with the candidate that was right most often; ties go to the first. */
export function majorityAnswer(training: readonly AuditQuestion[]): (question: AuditQuestion) => string {
  const rights = countBy(training.map(({ truth }) => truth));
  return ({ candidates }) =>
    candidates.reduce((best, candidate) => ((rights.get(candidate) ?? 0) > (rights.get(best) ?? 0) ? candidate : best));
}

/** Answers with the position that was most often right; with the last one where a list is shorter. */
export function commonPosition(training: readonly AuditQuestion[]): (question: AuditQuestion) => string {
  const rights = countBy(training.map(({ candidates, truth }) => candidates.indexOf(truth)).filter((at) => at >= 0));
  const [mostCommon] = [...rights].sort(([a, timesA], [b, timesB]) => timesB - timesA || a - b);
  const position = mostCommon?.[0] ?? 0;
  return ({ candidates }) => at(candidates, Math.min(position, candidates.length - 1));
}

/** Answers every question with the median answer: the best guess without even reading the question. */
export function medianAnswer(training: readonly AuditQuestion[]): () => number {
  const middle = median(training.map(({ value }) => value));
  return () => middle;
}

/** Answers every question with the geometric mean of the answers; with 0 where none is positive. */
export function logMean(training: readonly AuditQuestion[]): () => number {
  const sums = new Map<string, LogSum>();
  for (const { value } of training) addLog(sums, "all", value);
  const mean = logMeanOf(sums.get("all")) ?? 0;
  return () => mean;
}

/**
 * Answers with the geometric mean of the named category: how long sofas are, how many chairs a room has. For a category
 * that training does not have, the mean of all.
 */
export function categoryMean(training: readonly AuditQuestion[]): (question: AuditQuestion) => number {
  const sums = new Map<string, LogSum>();
  for (const { places, value } of training) addLog(sums, places.category ?? "", value);
  const overall = logMean(training)();
  return ({ places }) => logMeanOf(sums.get(places.category ?? "")) ?? overall;
}

/**
 * Answers with the geometric mean of the distances between the two named labels, in either order: desks stand by
 * chairs. For a pair that training does not have, the mean of each label's distances to others; failing that, the mean
 * of all.
 */
export function pairMean(training: readonly AuditQuestion[]): (question: AuditQuestion) => number {
  const pairs = new Map<string, LogSum>();
  const labels = new Map<string, LogSum>();
  for (const question of training) {
    addLog(pairs, pairOf(question), question.value);
    for (const label of labelsOf(question)) addLog(labels, label, question.value);
  }
  const overall = logMean(training)();
  return (question) => logMeanOf(pairs.get(pairOf(question))) ?? meanOfLabels(question, labels) ?? overall;
}

function meanOfLabels(question: AuditQuestion, labels: ReadonlyMap<string, LogSum>): number | null {
  const known = labelsOf(question).map((label) => logMeanOf(labels.get(label)));
  const means = known.filter((mean) => mean !== null);
  if (means.length === 0) return null;
  return Math.exp(means.reduce((sum, mean) => sum + Math.log(mean), 0) / means.length);
}

function labelsOf({ places }: AuditQuestion): string[] {
  return [places.a, places.b].filter((label) => label !== undefined).sort();
}

function pairOf(question: AuditQuestion): string {
  return labelsOf(question).join("\n");
}

/** Sums from which a mean of logarithms follows. */
interface LogSum {
  total: number;
  count: number;
}

/**
 * Adds a value to its group's sum. Values of 0 and below are skipped: they have no logarithm, and no relative accuracy
 * either.
 */
function addLog(sums: Map<string, LogSum>, group: string, value: number): void {
  if (!(value > 0)) return;
  const sum = sums.get(group);
  if (sum === undefined) {
    sums.set(group, { total: Math.log(value), count: 1 });
  } else {
    sum.total += Math.log(value);
    sum.count += 1;
  }
}

/** The geometric mean: where errors are relative, a few large values would pull a plain mean away. */
function logMeanOf(sum: LogSum | undefined): number | null {
  return sum === undefined ? null : Math.exp(sum.total / sum.count);
}
