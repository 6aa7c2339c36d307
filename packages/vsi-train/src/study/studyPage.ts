import { existsSync } from "node:fs";
import { join } from "node:path";
import { type Block, type Chart, renderPage } from "@vsi/report";
import { CURVES, drawCurve } from "../report/curves.ts";
import { type Run, readRun } from "../report/report.ts";
import { type PlannedRun, trainFolder } from "./plan.ts";
import { type StudyTable, scoresTable, tableNotes } from "./table.ts";

/** Figure 3 of the paper (arXiv 2504.00883v2): what GRPO's rewards and lengths do over the steps. */
const FIGURE_3 = ["reward_accuracy", "reward_format", "completion_length"];

/** More lines in one chart can't be told apart. */
const MOST_LINES = 8;

/** A study's table and its curves as one self-contained page. @throws TrainError as in readRun. */
export async function studyPage(table: StudyTable, runs: readonly PlannedRun[]): Promise<string> {
  const scored = table.cells.filter(({ mean }) => mean?.overall !== undefined);
  const average = (cell: StudyTable["cells"][number]): number | null => inPercent(cell.mean?.overall?.score);
  const best = [...scored].sort((one, other) => (average(other) ?? 0) - (average(one) ?? 0))[0];
  return renderPage({
    title: `Study: ${table.study}`,
    lead:
      best === undefined
        ? "Nothing is scored yet."
        : `${scored.length} of ${table.cells.length} cells are scored; the highest average is ${best.title}'s, ${average(best)?.toFixed(1)}.`,
    blocks: [
      ...tableNotes(table).map((text): Block => ({ kind: "paragraph", text })),
      ...(scored.length === 0 ? [] : scoreBlocks(table)),
      ...(await figureBlocks(runs)),
    ],
  });
}

function scoreBlocks(table: StudyTable): Block[] {
  const scored = table.cells.filter(({ mean }) => mean !== null);
  const sources = [...new Set(scored.flatMap(({ published }) => published?.source ?? []))];
  const hasPublished = sources.length > 0;
  const chart: Chart = {
    kind: "groupedBars",
    title: "Average by cell",
    categories: scored.map(({ title, mode }) => `${title} (${mode})`),
    series: [
      {
        name: "this study",
        values: scored.map(({ mean }) => inPercent(mean?.overall?.score)),
        low: scored.map(({ mean }) => inPercent(mean?.overall?.interval?.[0])),
        high: scored.map(({ mean }) => inPercent(mean?.overall?.interval?.[1])),
      },
      ...(hasPublished
        ? [{ name: "published", values: scored.map(({ published }) => published?.scores.overall ?? null) }]
        : []),
    ],
    xTitle: "score (percent)",
  };
  return [
    { kind: "heading", text: "Scores" },
    { kind: "table", table: scoresTable(table), caption: sources.map((source) => `Published: ${source}.`).join(" ") },
    { kind: "chart", chart, caption: "The average over the tasks; lines: bootstrap intervals over scans." },
  ];
}

/** The curves of the GRPO runs that there are, the first seed of each cell. */
async function figureBlocks(runs: readonly PlannedRun[]): Promise<Block[]> {
  const chosen: PlannedRun[] = [];
  for (const run of runs) {
    const isFirst = run.cell.method === "grpo" && !chosen.some(({ cell }) => cell === run.cell);
    if (isFirst && existsSync(join(trainFolder(run.folder), "run.json"))) chosen.push(run);
  }
  const read: Run[] = [];
  for (const run of chosen.slice(0, MOST_LINES)) {
    read.push({ ...(await readRun(trainFolder(run.folder))), name: run.cell.title });
  }
  if (read.length === 0) return [];
  const curves = CURVES.filter(({ metric }) => FIGURE_3.includes(metric));
  const training = read.map((run) => ({ ...run, heldOut: [] }));
  return [
    { kind: "heading", text: "Training curves, as in the paper's figure 3" },
    {
      kind: "paragraph",
      text: `Rewards and lengths of the GRPO cells over their steps, the first seed of each (${read.map(({ name }) => name).join(", ")}). The paper saw the format reward collapse without the KL term (beta 0).`,
    },
    ...curves.flatMap((curve) => drawCurve(curve, training) ?? []),
  ];
}

function inPercent(score: number | null | undefined): number | null {
  return score === null || score === undefined ? null : score * 100;
}
