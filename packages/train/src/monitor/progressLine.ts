import type { StepEvent } from "../worker/workerEvent.ts";
import { formatDuration } from "./formatDuration.ts";
import { timeLeft } from "./timeLeft.ts";

/** What is shown of a step, in this order, where the method has it. */
const PARTS: readonly { metric: string; show: (value: number) => string; detail?: readonly [string, string][] }[] = [
  {
    metric: "reward",
    show: (value) => `reward ${value.toFixed(2)}`,
    detail: [
      ["reward_format", "format"],
      ["reward_accuracy", "accuracy"],
      ["reward_guards", "guards"],
    ],
  },
  { metric: "kl", show: (value) => `KL ${value.toPrecision(2)}` },
  { metric: "completion_length", show: (value) => `length ${Math.round(value)}` },
  { metric: "frac_reward_zero_std", show: (value) => `no variance ${Math.round(100 * value)} %` },
  { metric: "loss", show: (value) => `loss ${value.toPrecision(3)}` },
  { metric: "token_accuracy", show: (value) => `token accuracy ${value.toFixed(2)}` },
  { metric: "margin", show: (value) => `margin ${value.toFixed(2)}` },
  { metric: "preference_accuracy", show: (value) => `preferred ${Math.round(100 * value)} %` },
];

/**
 * One line about the last step: "step 12/500 | reward 0.43 (format 0.90, accuracy 0.31, guards 0.02) | KL 0.0012 | ...". Empty
 * before the first step.
 */
export function progressLine(steps: readonly StepEvent[]): string {
  const last = steps.at(-1);
  if (last === undefined) return "";
  const parts = PARTS.flatMap(({ metric, show, detail = [] }) => {
    const value = last.metrics[metric];
    if (value === undefined) return [];
    const known = detail.filter(([name]) => Number.isFinite(last.metrics[name]));
    const details = known.map(([name, word]) => `${word} ${last.metrics[name]!.toFixed(2)}`).join(", ");
    return [details === "" ? show(value) : `${show(value)} (${details})`];
  });
  const pace = `${last.seconds.toFixed(1)} s/step, ${formatDuration(timeLeft(steps)!)} left`;
  return [`step ${last.step}/${last.of}`, ...parts, pace].join(" | ");
}
