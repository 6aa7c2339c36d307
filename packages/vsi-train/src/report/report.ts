import { basename, resolve } from "node:path";
import { formatDuration } from "@vsi/command";
import { sampleEvenly } from "@vsi/dataset";
import { type Block, type Cell, type Page, renderPage, type Table } from "@vsi/report";
import { metricValues, type RaisedAlarm } from "../run/alarms.ts";
import type { HeldOutEvent, SampleEvent, StepEvent } from "../run/events.ts";
import { ALARMS_FORM, METRICS_FORM, readRunLog, runFile, SAMPLES_FORM } from "../run/runFiles.ts";
import { type RunRecord, readRunRecord } from "../run/runRecord.ts";
import { CURVES, drawCurve, MOST_WINDOWS } from "./curves.ts";

/** What a run's folder holds for its report. */
export interface Run {
  /** The folder's name. */
  name: string;
  record: RunRecord;
  steps: StepEvent[];
  heldOut: HeldOutEvent[];
  samples: SampleEvent[];
  alarms: RaisedAlarm[];
}

/**
 * Reads a run's folder, also while the run goes on. @throws TrainError "run-unreadable" or "log-syntax", DatasetError
 * as in fileError.
 */
export async function readRun(folder: string): Promise<Run> {
  const record = await readRunRecord(folder);
  const metrics = (await readRunLog(runFile(folder, "metrics"), METRICS_FORM.parse)).map((line) => line.record);
  return {
    name: basename(resolve(folder)),
    record,
    steps: metrics.filter((event) => event.event === "step"),
    heldOut: metrics.filter((event) => event.event === "held_out"),
    samples: (await readRunLog(runFile(folder, "samples"), SAMPLES_FORM.parse)).map((line) => line.record),
    alarms: (await readRunLog(runFile(folder, "alarms"), ALARMS_FORM.parse)).map((line) => line.record),
  };
}

/** The report of one run, or of several side by side, as one self-contained HTML page. */
export function renderRuns(runs: readonly Run[]): string {
  const figures: Block[] = [];
  for (const curve of CURVES) {
    const figure = drawCurve(curve, runs);
    if (figure !== null) figures.push(figure);
  }
  const names = runs.map(({ name }) => name).join(", ");
  const page: Page = {
    title: `Training: ${names}`,
    lead: "How training went: its alarms, its curves as in figure 3 of the paper (arXiv 2504.00883), completions with their rewards, and all settings.",
    blocks: [
      ...runs.flatMap((run) => alarmBlocks(run, runs.length > 1)),
      { kind: "table", table: summaryTable(runs), caption: "Means over the first and the last tenth of the steps." },
      ...(runs.some(({ steps }) => steps.length > MOST_WINDOWS) ? [WINDOWS_NOTE] : []),
      ...figures,
      ...runs.flatMap((run) => scoreBlocks(run, runs.length > 1)),
      ...runs.flatMap((run) => runBlocks(run)),
    ],
  };
  return renderPage(page);
}

/** How a long run's curves are thinned; the same for all of them. */
const WINDOWS_NOTE: Block = {
  kind: "paragraph",
  text: "Curves are means of equal windows of steps; the band spans each window's lowest and highest step.",
};

function alarmBlocks({ name, alarms }: Run, isNamed: boolean): Block[] {
  return alarms.map((alarm) => ({
    kind: "warning",
    text: `${isNamed ? `${name}: ` : ""}${alarm.name} at step ${alarm.step}: ${alarm.message}`,
  }));
}

/** Parts of the reward, by metric, as the table of scores heads them. */
const REWARD_PARTS: readonly (readonly [metric: string, head: string])[] = [
  ["reward", "reward"],
  ["reward_format", "format"],
  ["reward_accuracy", "accuracy"],
  ["reward_length", "length"],
  ["reward_plugin", "plugin"],
  ["reward_guards", "refused by a guard"],
];

/** What the worker puts before a question type's name in the metrics (python/vsi_trainer/metrics.py). */
const BY_TYPE = "accuracy/";

/** Rows of the table of scores: more checkpoints are shown evenly spaced. */
const SHOWN_CHECKPOINTS = 20;

/** The held-out questions' rewards at each checkpoint, by part and by question type. */
function scoreBlocks({ name, heldOut }: Run, isNamed: boolean): Block[] {
  const scored = heldOut.filter(({ metrics }) => metrics.reward !== undefined);
  if (scored.length === 0) return [];
  const parts = REWARD_PARTS.filter(([metric]) => scored.some(({ metrics }) => Number.isFinite(metrics[metric])));
  const types = [...new Set(scored.flatMap(({ metrics }) => Object.keys(metrics)))]
    .filter((metric) => metric.startsWith(BY_TYPE))
    .sort();
  const columns = [...parts, ...types.map((metric) => [metric, metric.slice(BY_TYPE.length).replaceAll("_", " ")])];
  const table: Table = {
    columns: [
      { head: "step", align: "right" },
      ...columns.map(([, head]) => ({ head: String(head), align: "right" as const })),
    ],
    rows: sampleEvenly(scored, SHOWN_CHECKPOINTS).map(({ step, metrics }): Cell[] => [
      step,
      ...columns.map(([metric]) => roundedOrNull(metrics[String(metric)])),
    ]),
  };
  const caption = `${isNamed ? `${name}: the` : "The"} held-out questions at each checkpoint: mean reward, its parts, and the accuracy part by question type.`;
  return [{ kind: "table", table, caption }];
}

/** Three decimals: 200 questions tell no more. */
function roundedOrNull(value: number | undefined): number | null {
  return value === undefined || !Number.isFinite(value) ? null : Number(value.toFixed(3));
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

/** The first and last step with samples, and evenly spaced ones between: enough to see how answers change. */
const SHOWN_STEPS = 5;

/** Completions a step. */
const SHOWN_SAMPLES = 8;

/** Longer prompts and completions are cut in the report; samples.jsonl has all of them. */
const LONGEST_TEXT = 1200;

/** A run's completions with their rewards, step by step, folded. */
function sampleBlocks({ samples }: Run): Block[] {
  const byStep = new Map<number, SampleEvent[]>();
  for (const sample of samples) byStep.set(sample.step, [...(byStep.get(sample.step) ?? []), sample]);
  return sampleEvenly([...byStep], SHOWN_STEPS).map(([step, shown]) => ({
    kind: "details",
    summary: `Completions at step ${step}`,
    blocks: [{ kind: "table", table: sampleTable(shown.slice(0, SHOWN_SAMPLES)) }],
  }));
}

function sampleTable(samples: readonly SampleEvent[]) {
  return {
    columns: [
      { head: "prompt" },
      { head: "completion" },
      { head: "format", align: "right" as const },
      { head: "accuracy", align: "right" as const },
      { head: "total", align: "right" as const },
      { head: "guards" },
    ],
    rows: samples.map(({ prompt, completion, reward }): Cell[] => [
      shorten(prompt),
      shorten(completion),
      numberOf(reward.format),
      numberOf(reward.accuracy),
      numberOf(reward.total),
      Array.isArray(reward.guards) ? reward.guards.map(String).join(", ") : null,
    ]),
  };
}

function numberOf(value: unknown): number | null {
  return typeof value === "number" ? value : null;
}

function shorten(text: string): string {
  return text.length <= LONGEST_TEXT ? text : `${text.slice(0, LONGEST_TEXT)} …`;
}

/** The start and the end of a run are the first and last tenth of its steps: single steps are noise. */
const END_SHARE = 0.1;

/** The metric that says best whether a method works. */
const MAIN_METRIC = { grpo: "reward", sft: "token_accuracy", dpo: "margin" } as const;

/** One row per run: what was trained, how far, and the result. */
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
