import { csvTable } from "@vsi/report";
import type { ScoreReport } from "../score/scoreReport.ts";

/** A score report's rows as CSV, for programs: one line a row, scores in 0 to 1 with all digits, an empty field where there is no value. */
export function scoreCsv({ rows }: ScoreReport): Promise<string> {
  const heads = [
    "row",
    "questions",
    "unread",
    "official",
    "official_low",
    "official_high",
    "robust",
    "robust_low",
    "robust_high",
  ];
  return csvTable({
    columns: heads.map((head) => ({ head })),
    rows: rows.map((row) => [
      row.row,
      row.questions,
      row.unread,
      row.official,
      ...(row.official_interval ?? [null, null]),
      row.robust,
      ...(row.robust_interval ?? [null, null]),
    ]),
  });
}
