import { type Block, confusion, countOf, scatter } from "@vsi/report";
import { answerUnit } from "@vsi/scoring";
import { type EvalQuestion, scoringType } from "../benchmark.ts";
import { OFFICIAL_ROWS, OTHER_ROWS, ROW_LABELS, type ScoredAnswer } from "../score/tableRows.ts";

/** For each task answered by a choice, how often which answer was given where which was right, as figures. */
export async function choiceConfusions(answers: readonly ScoredAnswer[]): Promise<Block[]> {
  const figures: Block[] = [];
  for (const row of [...OFFICIAL_ROWS, ...OTHER_ROWS]) {
    const ofTask = answers.filter(({ question }) => question.question_type === row);
    if (ofTask.length === 0 || answerUnit(scoringType(ofTask[0]!.question.question_type)) !== null) continue;
    const { rows, columns, counts } = countChoices(ofTask);
    const svg = await confusion({
      title: ROW_LABELS[row],
      rows,
      columns,
      counts,
      rowTitle: "right answer",
      columnTitle: "answer read",
    });
    const caption = `${ROW_LABELS[row]}: right answer (rows) against answer read (columns), ${countOf(ofTask.length, "question")}.`;
    figures.push({ kind: "figure", svg, caption });
  }
  return figures;
}

/** The column of answers that could not be read, or were not there. */
const NOT_READ = "not read";

/** A confusion table: how often each answer (columns) was read where each (rows) was right. */
interface ChoiceCounts {
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

/** An answer a hundred times too large or small would press all others into a corner; any of them is worth 0. */
const FARTHEST_FACTOR = 100;

const UNIT_NAMES = { count: "objects", m: "metres", cm: "centimetres", m2: "square metres" } as const;

/** For each task answered by a number, what was read against what is true, as figures. */
export async function numberScatters(answers: readonly ScoredAnswer[]): Promise<Block[]> {
  const figures: Block[] = [];
  for (const row of [...OFFICIAL_ROWS, ...OTHER_ROWS]) {
    const ofTask = answers.filter(({ question }) => question.question_type === row);
    const unit = ofTask.length === 0 ? null : answerUnit(scoringType(ofTask[0]!.question.question_type));
    if (unit === null) continue;
    const read = ofTask.flatMap(({ question, read }) =>
      typeof read?.value === "number" ? [{ x: Number(question.ground_truth), y: read.value }] : [],
    );
    const points = read.filter(({ x, y }) => y >= x / FARTHEST_FACTOR && y <= x * FARTHEST_FACTOR);
    const far = read.length - points.length;
    const svg = await scatter({
      title: ROW_LABELS[row],
      points,
      xTitle: `true (${UNIT_NAMES[unit]})`,
      yTitle: `read (${UNIT_NAMES[unit]})`,
      diagonal: true,
      logarithmic: true,
    });
    const leftOut = far === 0 ? "" : ` ${countOf(far, "answer")} over ${FARTHEST_FACTOR} times off not shown.`;
    const caption = `${ROW_LABELS[row]}: read against true, ${countOf(points.length, "answer")} of ${countOf(ofTask.length, "question")}.${leftOut}`;
    figures.push({ kind: "figure", svg, caption });
  }
  return figures;
}
