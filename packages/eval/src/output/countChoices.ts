import type { EvalQuestion } from "../benchmark/evalQuestion.ts";
import type { ScoredAnswer } from "../score/scoreQuestion.ts";

/** The column of answers that could not be read, or were not there. */
const NOT_READ = "not read";

/** A confusion table: how often each answer (columns) was read where each (rows) was right. */
export interface ChoiceCounts {
  rows: string[];
  columns: string[];
  /** By row, then by column. */
  counts: number[][];
}

/**
 * Counts what was taken for what. Directions go by their words; other choices by the option's letter, which shows a bias of place, or, without
 * options, by the word itself. The last column is what could not be read or was not there.
 */
export function countChoices(answers: readonly ScoredAnswer[]): ChoiceCounts {
  const pairs = answers.map(({ question, read }) => ({
    right: nameOf(question, question.mc_answer ?? question.ground_truth.toLowerCase()),
    given: typeof read?.value === "string" ? nameOf(question, read.value) : NOT_READ,
  }));
  const rows = [...new Set(pairs.map(({ right }) => right))].sort();
  const wrong = new Set(pairs.map(({ given }) => given).filter((given) => given !== NOT_READ && !rows.includes(given)));
  const columns = [...rows, ...[...wrong].sort(), NOT_READ];
  const counts = rows.map(() => columns.map(() => 0));
  for (const { right, given } of pairs) counts[rows.indexOf(right)]![columns.indexOf(given)]! += 1;
  return { rows, columns, counts };
}

/** A direction says more than its letter; elsewhere the options differ from question to question, and the letter shows a bias of place. */
function nameOf({ question_type, options }: EvalQuestion, value: string): string {
  const isDirection = /direction/.test(question_type);
  if (options === null || !isDirection) return value;
  return options.find((option) => option.startsWith(`${value}. `))?.slice("A. ".length) ?? value;
}
