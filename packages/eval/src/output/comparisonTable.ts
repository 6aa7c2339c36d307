import type { Table } from "@vsi/report";
import type { Comparison } from "../compare/compareScores.ts";
import { ROW_LABELS } from "../score/tableRows.ts";
import { percent, signedInterval, signedPercent } from "./percent.ts";

/** Both runs and their difference by one metric, a line a task, in percent. */
export function comparisonTable({ rows, bootstrap }: Comparison, metric: "official" | "robust"): Table {
  const heads = ["questions", "a", "b", "b - a", `${bootstrap.level * 100} %`];
  return {
    columns: [{ head: metric }, ...heads.map((head) => ({ head, align: "right" as const }))],
    rows: rows.map((row) => {
      const { a, b, difference, interval } = row[metric];
      const values = [percent(a), percent(b), signedPercent(difference), signedInterval(interval)];
      return [ROW_LABELS[row.row], row.questions, ...values];
    }),
  };
}
