import type { AuditQuestion } from "../questions/auditQuestion.ts";
import { addLog, type LogSum, logMean, logMeanOf } from "./logMean.ts";

/**
 * Answers by the mean distance (on a logarithmic scale) of the two named labels in either order: desks stand by chairs. For a pair
 * that training has not, the mean of what each label alone is apart from others; then the mean of all.
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
