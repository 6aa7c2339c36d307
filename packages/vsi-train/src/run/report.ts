import { basename, resolve } from "node:path";
import { formatDuration } from "@vsi/command";
import { type Block, type Cell, type LinePoint, lines, type Page, renderPage, type Table } from "@vsi/report";
import { metricValues, type RaisedAlarm } from "./alarms.ts";
import type { HeldOutEvent, SampleEvent, StepEvent } from "./events.ts";
import { ALARMS_FORM, METRICS_FORM, readRunLog, runFile, SAMPLES_FORM } from "./runFiles.ts";
import { type RunRecord, readRunRecord } from "./runRecord.ts";

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

/** One curve of the report. */
interface Curve {
  /** The metric's name in metrics.jsonl, or "seconds" for a step's time. */
  metric: string;
  title: string;
  /** The vertical axis, with its unit. */
  axis: string;
  /** What to look for. */
  caption: string;
}

/** In the order of the paper's figure 3 (rewards, then lengths), then what tells whether training is healthy. */
const CURVES: readonly Curve[] = [
  { metric: "reward", title: "Reward", axis: "reward", caption: "Mean reward of the completions of a step." },
  {
    metric: "reward_accuracy",
    title: "Accuracy reward",
    axis: "reward",
    caption: "The part of the reward for the right answer.",
  },
  {
    metric: "reward_format",
    title: "Format reward",
    axis: "reward",
    caption: "The part for keeping to the mode's tags. It falling to nothing is what the paper saw with beta = 0.",
  },
  {
    metric: "reward_guards",
    title: "Refused by a guard",
    axis: "share of completions",
    caption: "Completions that a guard against cheating refused something.",
  },
  { metric: "completion_length", title: "Completion length", axis: "tokens", caption: "Mean length of a completion." },
  {
    metric: "completion_cut_ratio",
    title: "Cut completions",
    axis: "share of completions",
    caption: "Completions that reached the longest length allowed.",
  },
  {
    metric: "kl",
    title: "KL to the reference model",
    axis: "nats a token",
    caption: "How far the policy has gone from the model it started from.",
  },
  {
    metric: "loss",
    title: "Loss",
    axis: "loss",
    caption: "The optimised loss. GRPO's says little: it is near 0 by construction.",
  },
  {
    metric: "token_accuracy",
    title: "Token accuracy",
    axis: "share of tokens",
    caption: "Tokens of the answer that the model would have written itself.",
  },
  {
    metric: "margin",
    title: "Preference margin",
    axis: "reward",
    caption: "DPO's implicit reward of the chosen answer above the rejected one's.",
  },
  {
    metric: "preference_accuracy",
    title: "Preferred rightly",
    axis: "share of pairs",
    caption: "Pairs whose chosen answer has the higher implicit reward.",
  },
  {
    metric: "entropy",
    title: "Entropy",
    axis: "nats a token",
    caption: "How undecided the model is. At 0 all rollouts of a question are alike.",
  },
  {
    metric: "frac_reward_zero_std",
    title: "Groups without variance",
    axis: "share of groups",
    caption: "Groups whose rollouts all earned the same: nothing is learned from them.",
  },
  {
    metric: "reward_std",
    title: "Spread of rewards",
    axis: "reward",
    caption: "Standard deviation of the rewards of a step.",
  },
  {
    metric: "clip_ratio",
    title: "Clipped tokens",
    axis: "share of tokens",
    caption: "Tokens whose probability ratio was clipped.",
  },
  { metric: "grad_norm", title: "Gradient norm", axis: "norm", caption: "Before clipping." },
  { metric: "learning_rate", title: "Learning rate", axis: "learning rate", caption: "As the schedule set it." },
  {
    metric: "sampling_difference",
    title: "Generator against trainer",
    axis: "nats a token",
    caption: "Mean difference of log-probabilities between vLLM and the trainer.",
  },
  { metric: "seconds", title: "Time of a step", axis: "seconds", caption: "Checkpoints and evaluations not counted." },
];

/** A figure of one metric over the steps, a line a run, and one for its held-out rows; null when no run has it. */
async function drawCurve(curve: Curve, runs: readonly Run[]): Promise<Block | null> {
  const named = runs.length > 1;
  const series = runs
    .flatMap((run) => [
      { name: named ? run.name : "training", points: pointsOf(run.steps, curve.metric) },
      { name: named ? `${run.name}, held-out` : "held-out", points: pointsOf(run.heldOut, curve.metric) },
    ])
    .filter(({ points }) => points.length > 0);
  if (series.length === 0) return null;
  const isThinned = series.some(({ points }) => windowMeans(points).length < points.length);
  const svg = await lines({
    title: curve.title,
    series: series.map(({ name, points }) => ({ name, points: windowMeans(points) })),
    xTitle: "step",
    yTitle: curve.axis,
  });
  const note = isThinned
    ? " Means of equal windows of steps; the band spans each window's lowest and highest step."
    : "";
  return { kind: "figure", svg, caption: curve.caption + note };
}

function pointsOf(events: readonly (StepEvent | HeldOutEvent)[], metric: string): { x: number; y: number }[] {
  return events.flatMap((event) => {
    const y = metric === "seconds" && event.event === "step" ? event.seconds : event.metrics[metric];
    return y === undefined ? [] : [{ x: event.step, y }];
  });
}

/** All that a run left behind for its report. */
interface Run {
  /** The folder's name. */
  name: string;
  record: RunRecord;
  steps: StepEvent[];
  heldOut: HeldOutEvent[];
  samples: SampleEvent[];
  alarms: RaisedAlarm[];
}

/** Reads a run's folder, also while the run goes on. @throws TrainError "run-unreadable" or "log-syntax", DatasetError as in fileError. */
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

/** 100 points are as many as a reader tells apart in a figure; single steps of GRPO are noise, windows can be compared. */
export const MOST_WINDOWS = 100;

/**
 * A curve thinned to the means of equal windows of steps, with the lowest and the highest value of each as `low` and
 * `high`. A curve of few points stays as it is. Values that are not finite are left to the chart, which says how many.
 *
 * @param points in the order of x.
 */
export function windowMeans(points: readonly { x: number; y: number }[], most: number = MOST_WINDOWS): LinePoint[] {
  if (points.length <= most) return [...points];
  const size = Math.ceil(points.length / most);
  const means: LinePoint[] = [];
  for (let start = 0; start < points.length; start += size) {
    const window = points.slice(start, start + size);
    const finite = window.filter(({ y }) => Number.isFinite(y));
    if (finite.length === 0) {
      means.push(window[0]!);
      continue;
    }
    const values = finite.map(({ y }) => y);
    means.push({
      x: mean(finite.map(({ x }) => x)),
      y: mean(values),
      low: Math.min(...values),
      high: Math.max(...values),
    });
  }
  return means;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** The first and the last step that kept samples, and those in equal distance between them: enough to see how answers change. */
const SHOWN_STEPS = 5;

/** Completions a step. */
const SHOWN_SAMPLES = 8;

/** Longer prompts and completions are cut in the report; samples.jsonl has all of them. */
const LONGEST_TEXT = 1200;

/** A run's completions with their rewards, step by step, folded. */
function sampleBlocks({ samples }: Run): Block[] {
  const byStep = new Map<number, SampleEvent[]>();
  for (const sample of samples) byStep.set(sample.step, [...(byStep.get(sample.step) ?? []), sample]);
  const steps = [...byStep.keys()];
  return pickEvenly(steps, SHOWN_STEPS).map((step) => ({
    kind: "details",
    summary: `Completions at step ${step}`,
    blocks: [{ kind: "table", table: sampleTable(byStep.get(step)!.slice(0, SHOWN_SAMPLES)) }],
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

/** Some of the values, the first and the last among them. */
function pickEvenly<T>(values: readonly T[], most: number): T[] {
  if (values.length <= most) return [...values];
  return Array.from({ length: most }, (_, at) => values[Math.round((at * (values.length - 1)) / (most - 1))]!);
}

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
