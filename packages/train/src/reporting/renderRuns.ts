import { type Block, type Page, renderPage } from "@vsi/report";
import { CURVES } from "./curves.ts";
import { drawCurve } from "./drawCurve.ts";
import type { Run } from "./readRun.ts";
import { sampleBlocks } from "./sampleBlocks.ts";
import { summaryTable } from "./summaryTable.ts";

/** The report of one run, or of several side by side, as one self-contained HTML page. */
export async function renderRuns(runs: readonly Run[]): Promise<string> {
  const figures: Block[] = [];
  for (const curve of CURVES) {
    const figure = await drawCurve(curve, runs);
    if (figure !== null) figures.push(figure);
  }
  const names = runs.map(({ name }) => name).join(", ");
  const page: Page = {
    title: `Training: ${names}`,
    lead: "How training went: its alarms, its curves as in figure 3 of the paper (arXiv 2504.00883), completions with their rewards, and all settings.",
    blocks: [
      ...runs.flatMap((run) => alarmBlocks(run, runs.length > 1)),
      { kind: "table", table: summaryTable(runs), caption: "Means over the first and the last tenth of the steps." },
      ...figures,
      ...runs.flatMap((run) => runBlocks(run)),
    ],
  };
  return renderPage(page);
}

function alarmBlocks({ name, alarms }: Run, isNamed: boolean): Block[] {
  return alarms.map((alarm) => ({
    kind: "warning",
    text: `${isNamed ? `${name}: ` : ""}${alarm.name} at step ${alarm.step}: ${alarm.message}`,
  }));
}

function runBlocks(run: Run): Block[] {
  const { settings, versions, git, dataset, trainer, sessions } = run.record;
  const asJson = (value: unknown): Block[] => [{ kind: "code", text: JSON.stringify(value, null, 2) }];
  return [
    { kind: "heading", text: run.name },
    ...sampleBlocks(run),
    { kind: "details", summary: "Settings", blocks: asJson(settings) },
    { kind: "details", summary: "TRL's configuration and the trainer", blocks: asJson(trainer) },
    {
      kind: "details",
      summary: "Versions, code, dataset, sessions",
      blocks: asJson({ versions, git, dataset, sessions }),
    },
  ];
}
