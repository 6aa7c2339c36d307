import type { Table } from "@vsi/report";
import { metricValues } from "../monitor/alarms/metricValues.ts";
import { formatDuration } from "../monitor/formatDuration.ts";
import type { StepEvent } from "../worker/workerEvent.ts";
import type { Run } from "./readRun.ts";

/** The start and the end of a run are the first and last tenth of its steps: single steps are noise. */
const END_SHARE = 0.1;

/** The metric that says best whether a method works. */
const MAIN_METRIC = { grpo: "reward", sft: "token_accuracy", dpo: "margin" } as const;

/** One row a run: what it was, how far it came, what it reached. */
export function summaryTable(runs: readonly Run[]): Table {
  return {
    columns: [
      { head: "run" },
      { head: "method" },
      { head: "model" },
      { head: "steps", align: "right" },
      { head: "measure" },
      { head: "first tenth", align: "right" },
      { head: "last tenth", align: "right" },
      { head: "training time", align: "right" },
      { head: "ended" },
    ],
    rows: runs.map(({ name, record, steps }) => {
      const metric = MAIN_METRIC[record.settings.method];
      const tenth = Math.max(1, Math.round(steps.length * END_SHARE));
      const seconds = steps.reduce((sum, step) => sum + step.seconds, 0);
      return [
        name,
        record.settings.method,
        shortModel(record.settings.model),
        `${steps.at(-1)?.step ?? 0} of ${steps.at(-1)?.of ?? "?"}`,
        metric,
        meanOf(steps.slice(0, tenth), metric),
        meanOf(steps.slice(-tenth), metric),
        formatDuration(seconds),
        describeEnd(record.sessions.at(-1)?.exit_code ?? null),
      ];
    }),
  };
}

/** The end of a folder's path, whose whole stands below in the settings; a hub's name as it is. */
function shortModel(model: string): string {
  return model.split(/[/\\]/).slice(-2).join("/");
}

/** Rounded to four digits, which is more than training repeats. */
function meanOf(steps: readonly StepEvent[], metric: string): number | null {
  const values = metricValues(steps, metric);
  if (values.length === 0) return null;
  return Number((values.reduce((sum, value) => sum + value, 0) / values.length).toPrecision(4));
}

function describeEnd(exitCode: number | null): string {
  if (exitCode === null) return "still running, or killed";
  return exitCode === 0 ? "done" : `exit code ${exitCode}`;
}
