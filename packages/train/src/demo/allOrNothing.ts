/** What the demo reads in a score report of `vsi-eval score --json`; the rest is passed on as it is. */
export interface ScoreReport {
  questions: { official: number; robust: number }[];
}

/**
 * The report with each question right or wrong. Mean Relative Accuracy pays for near numbers too, so that always answering
 * the middle one earns something; it is 1 only within 5 % of the truth, which for a count below 20 is the count itself.
 */
export function allOrNothing<Report extends ScoreReport>(report: Report): Report {
  const questions = report.questions.map((question) => ({
    ...question,
    official: Math.floor(question.official),
    robust: Math.floor(question.robust),
  }));
  return { ...report, questions };
}

/** The share of the questions that are right, 0 to 1. */
export function shareRight({ questions }: ScoreReport): number {
  return questions.reduce((sum, { robust }) => sum + Math.floor(robust), 0) / questions.length;
}
