import { at } from "@vsi/dataset/internal";
import type { Block, LinePoint } from "@vsi/report";
import type { HeldOutEvent, StepEvent } from "../run/events.ts";

/** The parts of a run that are drawn. */
interface CurveRun {
  name: string;
  steps: readonly StepEvent[];
  heldOut: readonly HeldOutEvent[];
}

/**
 * A chart of one metric over the steps, a line per run, and a dashed one for its held-out rows; null when no run has it.
 * A run has the same colour in all charts.
 */
export function drawCurve(curve: Curve, runs: readonly CurveRun[]): Block | null {
  const named = runs.length > 1;
  const series = runs
    .flatMap((run, colour) => [
      { name: named ? run.name : "training", points: pointsOf(run.steps, curve.metric), colour, isDashed: false },
      {
        name: named ? `${run.name}, held-out` : "held-out",
        points: pointsOf(run.heldOut, curve.metric),
        colour,
        isDashed: true,
      },
    ])
    .filter(({ points }) => points.length > 0);
  if (series.length === 0) return null;
  const chart = {
    kind: "lines",
    title: curve.title,
    series: series.map(({ points, ...line }) => ({ ...line, points: windowMeans(points) })),
    xTitle: "step",
    yTitle: curve.axis,
  } as const;
  return { kind: "chart", chart, caption: curve.caption };
}

function pointsOf(events: readonly (StepEvent | HeldOutEvent)[], metric: string): { x: number; y: number }[] {
  return events.flatMap((event) => {
    const y = metric === "seconds" && event.event === "step" ? event.seconds : event.metrics[metric];
    return y === undefined ? [] : [{ x: event.step, y }];
  });
}

/** A reader can distinguish about 100 points in a figure; single GRPO steps are noise, windows are comparable. */
export const MOST_WINDOWS = 100;

/**
 * A curve thinned to the means of equal windows of steps, with the lowest and the highest value of each as `low` and
 * `high`. A curve of few points stays as it is. Values that are not finite are left to the chart, which counts them.
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
      means.push(at(window, 0));
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

/** In the order of the paper's figure 3 (rewards, then lengths), then health indicators. */
export const CURVES: readonly Curve[] = [
  { metric: "reward", title: "Reward", axis: "reward", caption: "Mean reward of a step's completions." },
  {
    metric: "reward_accuracy",
    title: "Accuracy reward",
    axis: "reward",
    caption: "The reward's share for the right answer.",
  },
  {
    metric: "reward_format",
    title: "Format reward",
    axis: "reward",
    caption: "The reward's share for using the mode's tags. With beta = 0 the paper saw it collapse.",
  },
  {
    metric: "reward_guards",
    title: "Refused by a guard",
    axis: "share of completions",
    caption: "Completions in which a guard against reward hacking refused something.",
  },
  {
    metric: "reward_length",
    title: "Length reward",
    axis: "reward",
    caption: "The reward's share for the length of the reasoning, of paper-length alone.",
  },
  {
    metric: "reward_plugin",
    title: "Reward of the plugin",
    axis: "reward",
    caption: "What the function of --reward-plugin gave, which is added to the reward.",
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
    axis: "nats per token",
    caption: "How far the policy has moved from the model it started from.",
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
    caption: "Answer tokens that the model would have chosen itself.",
  },
  {
    metric: "margin",
    title: "Preference margin",
    axis: "reward",
    caption: "DPO's implicit reward of the chosen answer above the rejected one's.",
  },
  {
    metric: "preference_accuracy",
    title: "Preference accuracy",
    axis: "share of pairs",
    caption: "Pairs whose chosen answer has the higher implicit reward.",
  },
  {
    metric: "entropy",
    title: "Entropy",
    axis: "nats per token",
    caption: "How undecided the model is. At 0, all rollouts of a question are alike.",
  },
  {
    metric: "frac_reward_zero_std",
    title: "Groups without variance",
    axis: "share of groups",
    caption: "Groups whose rollouts all earned the same reward: nothing is learned from them.",
  },
  {
    metric: "reward_std",
    title: "Spread of rewards",
    axis: "reward",
    caption: "Standard deviation of a step's rewards.",
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
    title: "Generator vs. trainer",
    axis: "nats per token",
    caption: "Mean difference of log-probabilities between vLLM and the trainer.",
  },
  { metric: "seconds", title: "Time of a step", axis: "seconds", caption: "Without checkpoints and evaluations." },
];
