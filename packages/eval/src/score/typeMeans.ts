import type { QuestionType } from "@vsi/dataset";

/** One question's value of one metric. */
export interface ScanValue {
  /** The scan that the question is about: its questions rise and fall together. */
  scan: string;
  type: QuestionType;
  value: number;
}

/** The mean value of each question type that has questions. */
export function typeMeans(values: Iterable<ScanValue>): Map<QuestionType, number> {
  const sums = new Map<QuestionType, { total: number; count: number }>();
  for (const { type, value } of values) {
    const sum = sums.get(type) ?? { total: 0, count: 0 };
    sum.total += value;
    sum.count += 1;
    sums.set(type, sum);
  }
  return new Map([...sums].map(([type, { total, count }]) => [type, total / count]));
}
