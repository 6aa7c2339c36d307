import { groupedBars } from "@vsi/report";
import { PUBLISHED_RESULTS, publishedName } from "../published/publishedResults.ts";
import type { ScoreRow } from "../score/scoreReport.ts";
import { isOfficialRow, OFFICIAL_ROWS, ROW_LABELS } from "../score/tableRows.ts";
import { inPercent } from "./percent.ts";

/** The two models as they come and after the paper's best training: more bars could not be told apart; all results are in the table below. */
const SHOWN_TRAININGS: readonly (string | null)[] = [null, "vsGRPO-V"];

/** Bars of each task in percent by the official metric: these answers with their intervals, beside published results, as SVG. */
export function publishedBars(rows: readonly ScoreRow[]): Promise<string> {
  const own = rows.filter(({ row }) => isOfficialRow(row));
  const published = PUBLISHED_RESULTS.filter(
    ({ mode, training }) => mode === "vanilla" && SHOWN_TRAININGS.includes(training),
  );
  return groupedBars({
    title: "Official metric by task",
    categories: OFFICIAL_ROWS.map((row) => ROW_LABELS[row]),
    series: [
      {
        name: "these answers",
        values: own.map(({ official }) => inPercent(official)),
        low: own.map(({ official_interval }) => inPercent(official_interval?.[0])),
        high: own.map(({ official_interval }) => inPercent(official_interval?.[1])),
      },
      ...published.map((result) => ({
        name: publishedName(result),
        values: OFFICIAL_ROWS.map((row) => result.scores[row]),
      })),
    ],
    yTitle: "score (percent)",
  });
}
