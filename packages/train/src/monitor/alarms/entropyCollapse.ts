import { median } from "../median.ts";
import type { Alarm } from "./alarm.ts";
import { metricValues } from "./metricValues.ts";

/** The start is the median of the first ten steps, the end of the last twenty: batches differ. */
const FIRST_STEPS = 10;
const STEPS = 20;

/** Nats a token, on average: below it the model writes nearly the same for every rollout, whatever the temperature. */
const SMALLEST_ENTROPY = 0.01;

/** And it must have fallen: short answers ("4") of a model after SFT may be this sure from the start. */
const SHARE_OF_START = 0.1;

/** The policy has become certain of itself: all rollouts are alike and nothing new is tried. */
export const entropyCollapse: Alarm = {
  name: "entropy-collapse",
  check(history) {
    const values = metricValues(history, "entropy");
    if (values.length < FIRST_STEPS + STEPS) return null;
    const start = median(values.slice(0, FIRST_STEPS));
    const end = median(values.slice(-STEPS));
    if (end >= SMALLEST_ENTROPY || end >= SHARE_OF_START * start) return null;
    return `entropy fell from ${start.toPrecision(2)} to ${end.toPrecision(2)} nats a token (medians): the rollouts of a question are alike, so GRPO has nothing left to compare. Lower --learning-rate or raise --beta, and go on from an earlier checkpoint.`;
  },
};
