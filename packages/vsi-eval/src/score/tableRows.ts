import { groupTitle, QUESTION_TYPES, type QuestionType, questionTypeRow, VSI_BENCH_TYPES } from "@vsi/dataset";
import { OFFICIAL_TASKS, type OfficialTask, officialTable } from "@vsi/scoring";

/** A column of VSI-Bench's own table: its average or one of its eight tasks. */
export type OfficialRow = "overall" | OfficialTask;

/** A row of a score table: one of VSI-Bench's, or a question type shown beside them. */
export type TableRow = OfficialRow | QuestionType;

/** VSI-Bench's table (Yang et al., arXiv 2412.14171): the average and its eight tasks, in the paper's order. */
export const OFFICIAL_ROWS: readonly OfficialRow[] = ["overall", ...OFFICIAL_TASKS];

/**
 * Question types with a row of their own that the average does not count: direction's difficulties (their mean counts)
 * and VSTI-Bench's tasks.
 */
export const OTHER_ROWS: readonly QuestionType[] = QUESTION_TYPES.filter(
  (type) => !OFFICIAL_TASKS.some((task) => task === type),
);

/** Every row that a table of scores can have, in its order. */
export const TABLE_ROWS: readonly TableRow[] = [...OFFICIAL_ROWS, ...OTHER_ROWS];

/** What the rows are called; the first nine as the paper's table heads them. */
export const ROW_LABELS = Object.fromEntries([
  ["overall", "Avg."],
  ...OFFICIAL_TASKS.map((task) => [task, groupTitle(task)]),
  ...OTHER_ROWS.map((type) => [type, questionTypeRow(type).title]),
]) as Readonly<Record<TableRow, string>>;

const COUNTED_TYPES: ReadonlySet<QuestionType> = new Set(VSI_BENCH_TYPES);

/** True for the average and VSI-Bench's eight tasks. */
export function isOfficialRow(row: TableRow): row is OfficialRow {
  return OFFICIAL_ROWS.some((official) => official === row);
}

/** True when a question type's questions count in a row. */
export function isInRow(type: QuestionType, row: TableRow): boolean {
  if (row === "overall") return COUNTED_TYPES.has(type);
  return row === type || row === questionTypeRow(type).metricGroup;
}

/**
 * Every row's value from the mean of each question type, by VSI-Bench's rules: direction is the mean of its three
 * difficulties and null when one is missing, the average that of the tasks that have a value. Rows without questions
 * are null.
 */
export function rowValues(typeMeans: ReadonlyMap<QuestionType, number>): Record<TableRow, number | null> {
  const official = [...typeMeans].filter(([type]) => COUNTED_TYPES.has(type));
  const { tasks, overall } = officialTable(official.map(([question_type, score]) => ({ question_type, score })));
  const others = OTHER_ROWS.map((row) => [row, typeMeans.get(row) ?? null]);
  return { overall, ...tasks, ...Object.fromEntries(others) };
}
