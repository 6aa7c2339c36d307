import type { AuditQuestion } from "../questions/auditQuestion.ts";

/** Sums from which a mean of logarithms follows. */
export interface LogSum {
  total: number;
  count: number;
}

/**
 * Adds a value to its group's sum. Values of 0 and below have no logarithm and are passed over, as relative accuracy has no meaning
 * for them either.
 */
export function addLog(sums: Map<string, LogSum>, group: string, value: number): void {
  if (!(value > 0)) return;
  const sum = sums.get(group);
  if (sum === undefined) sums.set(group, { total: Math.log(value), count: 1 });
  else {
    sum.total += Math.log(value);
    sum.count += 1;
  }
}

/** The mean on a logarithmic scale: where errors are relative, the plain mean is drawn off by a few large values. */
export function logMeanOf(sum: LogSum | undefined): number | null {
  return sum === undefined ? null : Math.exp(sum.total / sum.count);
}

/** Answers every question by the answers' mean on a logarithmic scale; 0 where none is positive. */
export function logMean(training: readonly AuditQuestion[]): () => number {
  const sums = new Map<string, LogSum>();
  for (const { value } of training) addLog(sums, "all", value);
  const mean = logMeanOf(sums.get("all")) ?? 0;
  return () => mean;
}
