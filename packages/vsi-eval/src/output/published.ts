import type { Block, Chart, Table } from "@vsi/report";
import { percent } from "@vsi/report/internal";
import {
  PUBLISHED_RESULTS,
  PUBLISHED_SOURCE,
  type PublishedResult,
  publishedName,
  VSI_BENCH_QUESTIONS,
} from "../score/publishedResults.ts";
import type { ScoreReport, ScoreRow } from "../score/scorePredictions.ts";
import { isOfficialRow, OFFICIAL_ROWS, ROW_LABELS } from "../score/tableRows.ts";
import { inPercent } from "./percent.ts";

/** Published results next to these answers: a figure and a table. */
export function publishedBlocks({ rows, questions_total, readers }: ScoreReport): Block[] {
  // They are VSI-Bench's; ReVSI's questions are others.
  if (readers.some(({ name }) => name === "revsi")) return [];
  const blocks: Block[] = [{ kind: "heading", text: "Compared with published results" }];
  if (questions_total !== VSI_BENCH_QUESTIONS) {
    blocks.push({
      kind: "warning",
      text: `The published results cover all ${VSI_BENCH_QUESTIONS.toLocaleString("en-US")} questions of VSI-Bench; these cover ${questions_total.toLocaleString("en-US")}, so they are not comparable.`,
    });
  }
  const caption = `Published: ${PUBLISHED_SOURCE}. Lines: bootstrap interval of these answers.`;
  blocks.push(
    { kind: "chart", chart: publishedBars(rows), caption },
    { kind: "details", summary: "All published results", blocks: [{ kind: "table", table: publishedTable(rows) }] },
  );
  return blocks;
}

/**
 * The two models before and after the paper's best training: more bars would be unreadable; the table below has all
 * results.
 */
const SHOWN_TRAININGS: readonly (string | null)[] = [null, "vsGRPO-V"];

/**
 * Bars of each task in percent by the official metric: these answers with their intervals, beside published results.
 */
function publishedBars(rows: readonly ScoreRow[]): Chart {
  const own = rows.filter(({ row }) => isOfficialRow(row));
  const published = PUBLISHED_RESULTS.filter(
    ({ mode, training }) => mode === "vanilla" && SHOWN_TRAININGS.includes(training),
  );
  return {
    kind: "groupedBars",
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
    xTitle: "score (percent)",
  };
}

/**
 * All published results by the official metric in percent, trainings below their model as in the paper, these answers
 * as the last line.
 */
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

/** On one line: in eleven narrow columns, names would break at every hyphen. */
function lineName({ model, training }: PublishedResult): string {
  return (training === null ? model : `+ ${training}`).replaceAll(" ", "\u00a0").replaceAll("-", "\u2011");
}
