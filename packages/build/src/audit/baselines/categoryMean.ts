import type { AuditQuestion } from "../questions/auditQuestion.ts";
import { addLog, type LogSum, logMean, logMeanOf } from "./logMean.ts";

/**
 * Answers by the mean (on a logarithmic scale) of the named category: how long sofas are, how many chairs a room has. For a
 * category that training has not, the mean of all.
 */
export function categoryMean(training: readonly AuditQuestion[]): (question: AuditQuestion) => number {
  const sums = new Map<string, LogSum>();
  for (const { places, value } of training) addLog(sums, places.category ?? "", value);
  const overall = logMean(training)();
  return ({ places }) => logMeanOf(sums.get(places.category ?? "")) ?? overall;
}
