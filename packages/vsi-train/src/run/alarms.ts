import { at, median } from "@vsi/dataset/internal";
import type { StepEvent } from "./events.ts";

/** An alarm that went off. */
export interface RaisedAlarm {
  name: string;
  /** The step at which it did. */
  step: number;
  message: string;
}

/** The alarms raised at the last step of a history, except those raised before: each is raised once per run. */
export function newAlarms(history: History, raised: readonly RaisedAlarm[]): RaisedAlarm[] {
  const last = history.at(-1);
  if (last === undefined) return [];
  const known = new Set(raised.map(({ name }) => name));
  return ALARMS.filter(({ name }) => !known.has(name)).flatMap(({ name, check }) => {
    const message = check(history);
    return message === null ? [] : [{ name, step: last.step, message }];
  });
}

/** The steps of a run so far, in order. */
type History = readonly StepEvent[];

/** A way for a run to go wrong. */
interface Alarm {
  /** Stable, fit for counting: "kl-explosion". */
  name: string;
  /** The metrics that it watches, as CURVES names them: a curve marks its own alarms. */
  metrics: readonly string[];
  /**
   * Says what is wrong at the last step, with the numbers and what to do; null when nothing is or the
   * method has no such metric.
   */
  check(history: History): string | null;
}

/**
 * Once one of these is NaN or infinite, so are the weights one step later. The others may be: a mean over nothing is
 * NaN.
 */
const WATCHED = ["loss", "grad_norm", "reward", "kl"];

/** NaN or an infinity where training depends on it: at the first, because no step after it can be of use. */
const notFinite: Alarm = {
  name: "not-finite",
  metrics: WATCHED,
  check(history) {
    const metrics = history.at(-1)?.metrics ?? {};
    const broken = WATCHED.find((name) => name in metrics && !Number.isFinite(metrics[name]));
    if (broken === undefined) return null;
    return `${broken} is ${metrics[broken]}: the weights are lost from here on. Resume from an earlier checkpoint with a lower learning rate, or in bfloat16.`;
  },
};

/**
 * The median of ten steps: the estimator exp(x) - x - 1 has heavy tails, so single steps of a healthy run can be
 * extreme.
 */
const KL_STEPS = 10;

/**
 * Nats per token. Runs with beta at 1e-4 to 1e-2 stay below 1 or so; at 10 the policy gives its tokens e^-10 of the
 * reference's probability or e^10 times as much: its language is gone. Ours: the paper shows no curve of it.
 */
const LARGEST_KL = 10;

/** The policy has drifted away from the reference model. */
const klExplosion: Alarm = {
  name: "kl-explosion",
  metrics: ["kl"],
  check(history) {
    const values = metricValues(history.slice(-KL_STEPS), "kl");
    if (values.length < KL_STEPS || median(values) <= LARGEST_KL) return null;
    return `KL to the reference model is ${median(values).toPrecision(3)} (median of ${KL_STEPS} steps; ${LARGEST_KL} is the limit): the model is losing its language. Lower --learning-rate or raise --beta, and resume from an earlier checkpoint.`;
  },
};

/** One metric over the steps that have a finite value of it (a batch without a format reward has NaN there). */
export function metricValues(history: History, name: string): number[] {
  return history
    .map(({ metrics }) => metrics[name])
    .filter((value) => value !== undefined && Number.isFinite(value)) as number[];
}

/** The mean of ten steps removes the noise of single batches. */
const FORMAT_STEPS = 10;

/** It must have been learned, or present from the start, before it can be lost. */
const WAS_LEARNED = 0.5;

/**
 * Less than a fifth of the best: noise cannot do that, and at least four of five completions earn nothing for it any
 * more.
 */
const SHARE_OF_BEST = 0.2;

/** What the paper saw with beta = 0 (section on the KL penalty): the format reward collapses and does not recover. */
const formatCollapse: Alarm = {
  name: "format-collapse",
  metrics: ["reward_format"],
  check(history) {
    const values = metricValues(history, "reward_format");
    if (values.length < 2 * FORMAT_STEPS) return null;
    let sum = 0;
    let best = 0;
    let last = 0;
    for (const [index, value] of values.entries()) {
      sum += value - (index >= FORMAT_STEPS ? at(values, index - FORMAT_STEPS) : 0);
      if (index < FORMAT_STEPS - 1) continue;
      last = sum / FORMAT_STEPS;
      best = Math.max(best, last);
    }
    if (best < WAS_LEARNED || last >= SHARE_OF_BEST * best) return null;
    return `the format reward fell from ${best.toFixed(2)} to ${last.toFixed(2)} (means of ${FORMAT_STEPS} steps). The paper saw this with beta = 0: set --beta (the paper's is 1e-4) and resume from an earlier checkpoint.`;
  },
};

/** The start is the median of the first ten steps, the end of the last twenty: batches differ. */
const ENTROPY_FIRST_STEPS = 10;
const ENTROPY_STEPS = 20;

/**
 * Nats per token, on average: below it the model writes nearly the same for every rollout, whatever the temperature.
 */
const SMALLEST_ENTROPY = 0.01;

/** And it must have fallen: short answers ("4") of a model after SFT may be this sure from the start. */
const SHARE_OF_START = 0.1;

/** The policy has become overconfident: all rollouts are alike and nothing new is tried. */
const entropyCollapse: Alarm = {
  name: "entropy-collapse",
  metrics: ["entropy"],
  check(history) {
    const values = metricValues(history, "entropy");
    if (values.length < ENTROPY_FIRST_STEPS + ENTROPY_STEPS) return null;
    const start = median(values.slice(0, ENTROPY_FIRST_STEPS));
    const end = median(values.slice(-ENTROPY_STEPS));
    if (end >= SMALLEST_ENTROPY || end >= SHARE_OF_START * start) return null;
    return `entropy fell from ${start.toPrecision(2)} to ${end.toPrecision(2)} nats per token (medians): a question's rollouts are alike, so GRPO has nothing left to compare. Lower --learning-rate or raise --beta, and resume from an earlier checkpoint.`;
  },
};

/**
 * 20 steps: single batches without variance are common with few questions per step, twenty in a row mean that nearly
 * every rollout of every question earns the same.
 */
const VARIANCE_STEPS = 20;

/** Of a step's groups. With 9 of 10 groups alike, the gradient comes from a tenth of the rollouts. */
const LARGEST_SHARE = 0.9;

/** GRPO learns from the differences inside a group (advantage = (r - mean) / std): without any there is no gradient. */
const noRewardVariance: Alarm = {
  name: "no-reward-variance",
  metrics: ["frac_reward_zero_std"],
  check(history) {
    const shares = metricValues(history.slice(-VARIANCE_STEPS), "frac_reward_zero_std");
    if (shares.length < VARIANCE_STEPS || Math.min(...shares) < LARGEST_SHARE) return null;
    const reward = metricValues(history.slice(-1), "reward")[0];
    const level = reward === undefined ? "" : ` (reward ${reward.toFixed(3)})`;
    return `for ${VARIANCE_STEPS} steps at least ${LARGEST_SHARE * 100} % of the groups had no variance in their rewards${level}, so nothing is learned. All rewards 0? Look at samples.jsonl, train with SFT first or use easier questions. All 1? The model has learned these: stop, or use harder ones.`;
  },
};

/**
 * Nats per token. Two engines that compute the same model in bfloat16 differ by some hundredths on average (TRL issues
 * 4772 and 6401); at 0.5 a token's probability is off by a factor of 1.6: other weights, another prompt or other images.
 */
const LARGEST_SAMPLING_DIFFERENCE = 0.5;

/** The step at once: the batch that is learned from was not made by the model that learns. */
const samplingMismatch: Alarm = {
  name: "sampling-mismatch",
  metrics: ["sampling_difference"],
  check(history) {
    const value = metricValues(history.slice(-1), "sampling_difference")[0];
    if (value === undefined || value <= LARGEST_SAMPLING_DIFFERENCE) return null;
    return `log-probabilities of generator and trainer differ by ${value.toPrecision(3)} nats per token (mean; ${LARGEST_SAMPLING_DIFFERENCE} is the limit): they do not run the same model on the same prompt and images. Generate without vLLM, or find what differs. Resume from a checkpoint before this step.`;
  },
};

/** All alarms, most serious first. An alarm stays silent where a method lacks its metric. */
const ALARMS: readonly Alarm[] = [
  notFinite,
  samplingMismatch,
  klExplosion,
  formatCollapse,
  entropyCollapse,
  noRewardVariance,
];

/** The metrics that an alarm is about; of several that it watches, the one that its message begins with. */
export function metricsOf({ name, message }: RaisedAlarm): string[] {
  const watched = ALARMS.find((alarm) => alarm.name === name)?.metrics ?? [];
  const told = watched.filter((metric) => message.startsWith(`${metric} `));
  return [...(told.length > 0 ? told : watched)];
}
