import type { TrainingCurve, TrainingData, TrainingSample } from "../../data/contract.ts";

/** A training with its place in the overview. */
export interface ShownTraining {
  data: TrainingData;
  place: number;
}

/** A line of a chart: a run's steps, or its held-out rooms. */
export interface CurveLine {
  name: string;
  /** The run's place among the shown ones, for its colour. */
  run: number;
  isHeldOut: boolean;
  steps: readonly number[];
  values: readonly (number | null)[];
}

/** One metric of several runs. */
export interface CurveFigure extends Pick<TrainingCurve, "metric" | "title" | "axis" | "caption"> {
  lines: CurveLine[];
}

/** An alarm with the place of its run among the shown ones. */
export type Alarm = TrainingData["alarms"][number] & { run: number };

/** Those that a figure's metric raised: a fallen entropy is no matter of the learning rate's curve. */
export function alarmsOf(alarms: readonly Alarm[], { metric }: Pick<CurveFigure, "metric">): Alarm[] {
  return alarms.filter(({ metrics }) => metrics.includes(metric));
}

/** The figures of runs, in the order in which reports draw them; each run's line has its place in `runs`. */
export function figuresOf(runs: readonly ShownTraining[]): CurveFigure[] {
  const figures = new Map<string, CurveFigure>();
  for (const { data, place } of runs) {
    for (const { metric, title, axis, caption, isHeldOut, steps, values } of data.curves) {
      const figure = figures.get(metric) ?? { metric, title, axis, caption, lines: [] };
      figures.set(metric, figure);
      const name = isHeldOut ? `${data.name}, held-out` : data.name;
      figure.lines.push({ name, run: place, isHeldOut, steps, values });
    }
  }
  const order = [...new Set(runs.flatMap(({ data }) => data.curves.map(({ metric }) => metric)))];
  return order.map((metric) => figures.get(metric) as CurveFigure);
}

/** Groups of figures, by the beginnings of their metrics' names. */
const SECTIONS: readonly { title: string; metrics: RegExp }[] = [
  { title: "Rewards, whole and by part", metrics: /^reward/ },
  { title: "Completions", metrics: /^(completion|entropy|token_accuracy|margin|preference)/ },
  { title: "Health", metrics: /^/ },
];

export function sectionsOf(figures: readonly CurveFigure[]): { title: string; figures: CurveFigure[] }[] {
  const sections = SECTIONS.map(({ title }) => ({ title, figures: [] as CurveFigure[] }));
  for (const figure of figures) {
    const place = SECTIONS.findIndex(({ metrics }) => metrics.test(figure.metric));
    sections[place]?.figures.push(figure);
  }
  return sections.filter(({ figures }) => figures.length > 0);
}

/**
 * An exponential moving average that begins at the first value: `weight` of each is the average before, 0 leaves all as
 * they are. As trackers do it, divided by the sum of the weights so far, without which it would begin near zero.
 */
export function smoothed(values: readonly (number | null)[], weight: number): (number | null)[] {
  let sum = 0;
  let weights = 0;
  return values.map((value) => {
    if (value === null) return null;
    sum = weight * sum + (1 - weight) * value;
    weights = weight * weights + (1 - weight);
    return sum / weights;
  });
}

/** Lines over one list of steps, as uPlot takes them: null where a line has no value, gaps that it bridges. */
export function alignLines(lines: readonly Pick<CurveLine, "steps" | "values">[]): [number[], ...(number | null)[][]] {
  const steps = [...new Set(lines.flatMap((line) => line.steps))].sort((a, b) => a - b);
  const places = new Map(steps.map((step, place) => [step, place]));
  const columns = lines.map((line) => {
    const column = new Array<number | null>(steps.length).fill(null);
    for (const [index, step] of line.steps.entries()) column[places.get(step) as number] = line.values[index] ?? null;
    return column;
  });
  return [steps, ...columns];
}

/** What the logged completions about a type earned on the mean. */
export interface TypeRewards {
  /** Null for completions to questions that the dataset does not have. */
  type: TrainingSample["question_type"];
  samples: number;
  /** By the reward's part, "total" last. */
  parts: Record<string, number | null>;
  /** The mean total in the first and in the last third of the steps that have samples; null without one there. */
  first: number | null;
  last: number | null;
}

/** Rewards by type, those of most samples first. */
export function rewardsByType(samples: readonly TrainingSample[]): TypeRewards[] {
  const steps = [...new Set(samples.map(({ step }) => step))].sort((a, b) => a - b);
  const third = Math.ceil(steps.length / 3);
  const firstEnd = steps[third - 1] ?? 0;
  const lastStart = steps[steps.length - third] ?? 0;
  const byType = new Map<TrainingSample["question_type"], TrainingSample[]>();
  for (const sample of samples) {
    const own = byType.get(sample.question_type) ?? [];
    byType.set(sample.question_type, own);
    own.push(sample);
  }
  return [...byType]
    .map(([type, own]) => ({
      type,
      samples: own.length,
      parts: Object.fromEntries(partsOf(own).map((part) => [part, meanPart(own, part)])),
      first: meanPart(
        own.filter(({ step }) => step <= firstEnd),
        "total",
      ),
      last: meanPart(
        own.filter(({ step }) => step >= lastStart),
        "total",
      ),
    }))
    .sort((a, b) => b.samples - a.samples);
}

/** The parts of the rewards of some samples by name, "total" last. */
export function partsOf(samples: readonly TrainingSample[]): string[] {
  const names = new Set(samples.flatMap(({ reward }) => Object.keys(reward)));
  return [...[...names].filter((name) => name !== "total").sort(), ...(names.has("total") ? ["total"] : [])];
}

function meanPart(samples: readonly TrainingSample[], part: string): number | null {
  const values = samples.flatMap(({ reward }) => reward[part] ?? []);
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}
