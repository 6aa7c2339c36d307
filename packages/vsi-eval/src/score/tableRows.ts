import { QUESTION_TYPES, type QuestionType } from "@vsi/dataset";
import { checkArguments, TEXT } from "@vsi/dataset/internal";
import { OFFICIAL_TASKS, type OfficialTask } from "@vsi/scoring";
import { FOREIGN_TYPES, groupOf, isRevsiType, REVSI_TYPE_NAMES, rowTitle } from "../foreignTypes.ts";

/** A column of VSI-Bench's own table: its average or one of its eight tasks. */
export type OfficialRow = "overall" | OfficialTask;

/** A row of a score table: one of VSI-Bench's or ReVSI's, or a question type shown beside them, by its own name. */
export type TableRow = string;

/** VSI-Bench's table (Yang et al., arXiv 2412.14171): the average and its eight tasks, in the paper's order. */
export const OFFICIAL_ROWS: readonly OfficialRow[] = ["overall", ...OFFICIAL_TASKS];

/**
 * ReVSI's table (Zhang et al., arXiv 2604.24300): VSI-Bench's without the order of appearance, which it does not ask.
 */
export const REVSI_ROWS: readonly OfficialRow[] = OFFICIAL_ROWS.filter((row) => row !== "obj_appearance_order");

/**
 * Question types with a row of their own that the average does not count: direction's difficulties (their mean counts)
 * and VSTI-Bench's tasks.
 */
export const OTHER_ROWS: readonly QuestionType[] = QUESTION_TYPES.filter(
  (type) => !OFFICIAL_TASKS.some((task) => task === type),
);

/** What the rows are called; the first nine as the paper's table heads them. */
export const ROW_LABELS = Object.fromEntries(
  [...OFFICIAL_ROWS, ...OTHER_ROWS].map((row) => [row, rowLabel(row)]),
) as Readonly<Record<OfficialRow | QuestionType, string>>;

/**
 * What a row is called: a type that nobody here knows by its own name.
 *
 * @example
 * ```js
 * import { rowLabel } from "vsi-eval";
 *
 * console.log(rowLabel("object_abs_distance"), rowLabel("overall")); // Abs. Dist. Avg.
 * ```
 */
export function rowLabel(row: TableRow): string {
  checkArguments("rowLabel", { row: [row, TEXT] });
  return row === "overall" ? "Avg." : rowTitle(row);
}

/** The order of the rows beside the benchmark's own. */
const KNOWN_OTHERS: readonly string[] = [...OTHER_ROWS, ...FOREIGN_TYPES];

/**
 * The rows that questions of these types make, in their order: the benchmark's own table, whole, then the types beside
 * it that there are, those that nobody here knows in the order of their names.
 */
export function tableRows(types: Iterable<string>): TableRow[] {
  const present = new Set(types);
  const own: readonly string[] = [...present].some(isRevsiType) ? REVSI_ROWS : OFFICIAL_ROWS;
  const known = KNOWN_OTHERS.filter((type) => present.has(type));
  const others = [...present].filter((type) => !own.includes(type) && !known.includes(type)).sort();
  return [...own, ...known, ...others];
}

/** True for the average and the tasks of VSI-Bench and ReVSI. */
export function isOfficialRow(row: TableRow): row is OfficialRow {
  return OFFICIAL_ROWS.some((official) => official === row);
}

/** True when a question type's questions count in a row. */
export function isInRow(type: string, row: TableRow): boolean {
  const group = groupOf(type);
  return row === "overall" ? group !== null : row === type || row === group;
}

/**
 * Every row's value from the mean of each question type. VSI-Bench's direction is the mean of its three difficulties
 * and null when one is missing; ReVSI's composites are plain means over their types that are present; the average is
 * that of the tasks that have a value. Rows without questions are null.
 */
export function rowValues(typeMeans: ReadonlyMap<string, number>): Record<TableRow, number | null> {
  // Without a prototype: a type may be called "constructor".
  const values = Object.create(null) as Record<TableRow, number | null>;
  for (const [type, mean] of typeMeans) values[type] = mean;
  for (const type of KNOWN_OTHERS) values[type] ??= null;
  const present: number[] = [];
  for (const task of OFFICIAL_TASKS) {
    const value = taskValue(task, typeMeans);
    values[task] = value;
    if (value !== null) present.push(value);
  }
  values.overall = mean(present);
  return values;
}

const TASK_TYPES = new Map(
  OFFICIAL_TASKS.map((task) => {
    const ofVsiBench = QUESTION_TYPES.filter((type) => groupOf(type) === task);
    return [task, { ofVsiBench, ofRevsi: REVSI_TYPE_NAMES.filter((type) => groupOf(type) === task) }];
  }),
);

function taskValue(task: OfficialTask, typeMeans: ReadonlyMap<string, number>): number | null {
  const { ofVsiBench = [], ofRevsi = [] } = TASK_TYPES.get(task) ?? {};
  const meansOf = (types: readonly string[]): number[] => types.flatMap((type) => typeMeans.get(type) ?? []);
  const revsi = meansOf(ofRevsi);
  const vsiBench = meansOf(ofVsiBench);
  if (revsi.length > 0) return mean([...vsiBench, ...revsi]);
  return vsiBench.length < ofVsiBench.length ? null : mean(vsiBench);
}

function mean(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}
