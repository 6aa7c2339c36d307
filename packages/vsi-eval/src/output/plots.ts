import { type AnswerUnit, questionTypeRow } from "@vsi/dataset";
import { countOf } from "@vsi/dataset/internal";
import type { Block, Chart } from "@vsi/report";
import type { EvalQuestion } from "../evalQuestion.ts";
import { scoredAs } from "../foreignTypes.ts";
import type { ScoredAnswer } from "../score/scorePredictions.ts";
import { rowLabel, tableRows } from "../score/tableRows.ts";

/** Confusion tables for each task answered by a choice, as charts. */
export function choiceConfusions(answers: readonly ScoredAnswer[]): Block[] {
  const figures: Block[] = [];
  for (const { type, answers: ofType } of byType(answers)) {
    if (unitOf(ofType) !== null) continue;
    const { rows, columns, counts } = countChoices(ofType);
    const chart: Chart = {
      kind: "confusion",
      title: rowLabel(type),
      rows,
      columns,
      counts,
      rowTitle: "right answer",
      columnTitle: "answer read",
    };
    const caption = `${rowLabel(type)}: right answer (rows) against answer read (columns), ${countOf(ofType.length, "question")}.`;
    figures.push({ kind: "chart", chart, caption });
  }
  return figures;
}

/** The column of answers that were missing or could not be read. */
const NOT_READ = "not read";

/** A confusion table: how often each answer (columns) was read where each (rows) was right. */
interface ChoiceCounts {
  rows: string[];
  columns: string[];
  /** By row, then by column. */
  counts: number[][];
}

/**
 * Counts right answers against read ones. Directions are counted by word; other choices by the option's letter, which
 * shows position bias, or, without options, by the word itself. The last column is missing or unreadable answers.
 */
export function countChoices(answers: readonly ScoredAnswer[]): ChoiceCounts {
  const pairs = answers.map(({ question, read }) => ({
    right: nameOf(question, question.mc_answer ?? question.ground_truth.toLowerCase()),
    given: typeof read?.value === "string" ? nameOf(question, read.value) : NOT_READ,
  }));
  const rows = [...new Set(pairs.map(({ right }) => right))].sort();
  const wrong = new Set(pairs.map(({ given }) => given).filter((given) => given !== NOT_READ && !rows.includes(given)));
  const columns = [...rows, ...[...wrong].sort(), NOT_READ];
  const given = new Map<string, Map<string, number>>();
  for (const pair of pairs) {
    const ofRight = given.get(pair.right) ?? new Map<string, number>();
    given.set(pair.right, ofRight.set(pair.given, (ofRight.get(pair.given) ?? 0) + 1));
  }
  const counts = rows.map((row) => columns.map((column) => given.get(row)?.get(column) ?? 0));
  return { rows, columns, counts };
}

/**
 * Directions are more informative as words; elsewhere options differ between questions, and letters show position bias.
 */
function nameOf(question: EvalQuestion, value: string): string {
  const { options } = question;
  const { answer } = questionTypeRow(scoredAs(question));
  if (options === null || (answer !== "direction" && answer !== "movement")) return value;
  return options.find((option) => option.startsWith(`${value}. `))?.slice("A. ".length) ?? value;
}

/** An answer off by a factor of 100 would squeeze all others into a corner, and scores 0 anyway. */
const FARTHEST_FACTOR = 100;

const UNIT_NAMES = { count: "objects", m: "metres", cm: "centimetres", m2: "square metres" } as const;

/** For each task answered by a number, read against true values, as charts. */
export function numberScatters(answers: readonly ScoredAnswer[]): Block[] {
  const figures: Block[] = [];
  for (const { type, answers: ofType } of byType(answers)) {
    const unit = unitOf(ofType);
    if (unit === null) continue;
    const read = ofType.flatMap(({ question, read }) =>
      typeof read?.value === "number" ? [{ x: Number(question.ground_truth), y: read.value }] : [],
    );
    const points = read.filter(({ x, y }) => y >= x / FARTHEST_FACTOR && y <= x * FARTHEST_FACTOR);
    const far = read.length - points.length;
    const chart: Chart = {
      kind: "scatter",
      title: rowLabel(type),
      points,
      xTitle: `true (${UNIT_NAMES[unit]})`,
      yTitle: `read (${UNIT_NAMES[unit]})`,
      diagonal: true,
      logarithmic: true,
    };
    const leftOut =
      far === 0 ? "" : ` ${countOf(far, "answer")} off by more than a factor of ${FARTHEST_FACTOR} not shown.`;
    const caption = `${rowLabel(type)}: read against true, ${countOf(points.length, "answer")} of ${countOf(ofType.length, "question")}.${leftOut}`;
    figures.push({ kind: "chart", chart, caption });
  }
  return figures;
}

/** The unit of a type's numbers, by its first question; null for choices. */
function unitOf(answers: readonly ScoredAnswer[]): AnswerUnit | null {
  const [first] = answers;
  return first === undefined ? null : questionTypeRow(scoredAs(first.question)).unit;
}

/** The answers of each question type that has some, in the order of the table of scores. */
function byType(answers: readonly ScoredAnswer[]): { type: string; answers: ScoredAnswer[] }[] {
  return tableRows(answers.map(({ question }) => question.question_type))
    .map((type) => ({ type, answers: answers.filter(({ question }) => question.question_type === type) }))
    .filter(({ answers }) => answers.length > 0);
}
