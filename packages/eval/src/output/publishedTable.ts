import type { Table } from "@vsi/report";
import { PUBLISHED_RESULTS, type PublishedResult } from "../published/publishedResults.ts";
import type { ScoreRow } from "../score/scoreReport.ts";
import { isOfficialRow, OFFICIAL_ROWS, ROW_LABELS } from "../score/tableRows.ts";
import { percent } from "./percent.ts";

/** All published results by the official metric in percent, trainings below their model as in the paper, these answers as the last line. */
export function publishedTable(rows: readonly ScoreRow[]): Table {
  const own = rows.filter(({ row }) => isOfficialRow(row)).map(({ official }) => percent(official));
  return {
    columns: [
      { head: "model" },
      { head: "mode" },
      ...OFFICIAL_ROWS.map((row) => ({ head: ROW_LABELS[row], align: "right" as const })),
    ],
    rows: [
      ...PUBLISHED_RESULTS.map((result) => [
        lineName(result),
        result.mode,
        ...OFFICIAL_ROWS.map((row) => result.scores[row].toFixed(1)),
      ]),
      ["these\u00a0answers", null, ...own],
    ],
    totalsFrom: PUBLISHED_RESULTS.length,
  };
}

/** In one line: eleven columns are so narrow that names would be broken at every hyphen. */
function lineName({ model, training }: PublishedResult): string {
  return (training === null ? model : `+ ${training}`).replaceAll(" ", "\u00a0").replaceAll("-", "\u2011");
}
