import type { Table } from "@vsi/report";
import type { ScoreRow } from "../score/scoreReport.ts";
import { isOfficialRow, ROW_LABELS } from "../score/tableRows.ts";
import { percent, percentInterval } from "./percent.ts";

/** VSI-Bench's table as its paper prints it, a column a task in percent: official and robust, each above its interval. */
export function officialScoreTable(rows: readonly ScoreRow[], level: number): Table {
  const shown = rows.filter(({ row }) => isOfficialRow(row));
  const interval = `${level * 100} %`;
  return {
    columns: [{ head: "" }, ...shown.map(({ row }) => ({ head: ROW_LABELS[row], align: "right" as const }))],
    rows: [
      ["official", ...shown.map(({ official }) => percent(official))],
      [interval, ...shown.map(({ official_interval }) => narrow(percentInterval(official_interval)))],
      ["robust", ...shown.map(({ robust }) => percent(robust))],
      [interval, ...shown.map(({ robust_interval }) => narrow(percentInterval(robust_interval)))],
      ["questions", ...shown.map(({ questions }) => questions)],
      ["not read", ...shown.map(({ unread }) => unread)],
    ],
  };
}

/** Every row of the scores as a line of its own, numbers in percent. */
export function fullScoreTable(rows: readonly ScoreRow[], level: number): Table {
  const interval = `${level * 100} %`;
  const heads = ["questions", "not read", "official", interval, "robust", interval];
  return {
    columns: [{ head: "task" }, ...heads.map((head) => ({ head, align: "right" as const }))],
    rows: rows.map((row) => [
      ROW_LABELS[row.row],
      row.questions,
      row.unread,
      percent(row.official),
      percentInterval(row.official_interval),
      percent(row.robust),
      percentInterval(row.robust_interval),
    ]),
  };
}

/** Nine columns have to fit a terminal. */
function narrow(interval: string | null): string | null {
  return interval?.replace(" to ", "–") ?? null;
}
