import { groupTitle, isQuestionType, type MetricGroup, questionTypeRow } from "@vsi/dataset";
import type { RunData } from "../../data/contract.ts";

export type Metric = "robust" | "official";

/** A row of a run's table of scores. */
export type ScoreRow = RunData["scores"][number];

/** A row's name: "overall", one of VSI-Bench's tasks, or a question type. */
export type RowName = ScoreRow["row"];

/** A run with its place in the overview. */
export type IndexedRun = RunData & { index: number };

/** A run against the base. */
export type Comparison = NonNullable<RunData["comparisons"][number]>;

/** An estimate with its interval, as shares; null where there is none. */
export interface Score {
  value: number | null;
  low: number | null;
  high: number | null;
}

/** What a row is called, and its type where it is one of questions. */
export function rowTitle(row: RowName): string {
  if (row === "overall") return "Average";
  return isQuestionType(row) ? questionTypeRow(row).title : groupTitle(row as MetricGroup);
}

/** Names of the rows that at least one run has a value in, in the order of the table. */
export function shownRows(runs: readonly RunData[]): RowName[] {
  const names = runs[0]?.scores.map(({ row }) => row) ?? [];
  return names.filter((name) => runs.some((run) => scoreRow(run, name)?.robust != null));
}

function scoreRow(run: RunData, name: RowName): ScoreRow | undefined {
  return run.scores.find(({ row }) => row === name);
}

export function scoreOf(run: RunData, name: RowName, metric: Metric): Score {
  const row = scoreRow(run, name);
  const interval = row?.[`${metric}_interval`] ?? null;
  return { value: row?.[metric] ?? null, low: interval?.[0] ?? null, high: interval?.[1] ?? null };
}

/** Questions in a row, and how many of them no answer was read of. */
export function countsOf(run: RunData, name: RowName): { questions: number; unread: number } {
  const { questions = 0, unread = 0 } = scoreRow(run, name) ?? {};
  return { questions, unread };
}

/** How much better a run is than the base that `comparison` is of. */
export function differenceOf(comparison: Comparison | null | undefined, name: RowName, metric: Metric): Score {
  const compared = comparison?.rows.find(({ row }) => row === name)?.[metric];
  return {
    value: compared?.difference ?? null,
    low: compared?.interval?.[0] ?? null,
    high: compared?.interval?.[1] ?? null,
  };
}

/** Whether chance alone hardly explains a difference: its interval leaves out zero. */
export function directionOf({ low, high }: Score): "better" | "worse" | "alike" {
  if (low !== null && low > 0) return "better";
  return high !== null && high < 0 ? "worse" : "alike";
}

/** Settings by their path, such as "image.pixels", as texts. */
export function flatSettings(settings: Readonly<Record<string, unknown>>, path = ""): [string, string][] {
  return Object.entries(settings).flatMap(([name, value]): [string, string][] => {
    const own = path === "" ? name : `${path}.${name}`;
    if (typeof value === "object" && value !== null && !Array.isArray(value)) {
      return flatSettings(value as Record<string, unknown>, own);
    }
    return [[own, typeof value === "string" ? value : JSON.stringify(value)]];
  });
}
