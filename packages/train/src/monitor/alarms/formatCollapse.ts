import type { Alarm } from "./alarm.ts";
import { metricValues } from "./metricValues.ts";

/** The mean of ten steps: noise of single batches goes. */
const STEPS = 10;

/** It had to be learned, or there from the start, before it can be lost. */
const WAS_LEARNED = 0.5;

/** Less than a fifth of the best: noise cannot do that, and at least four of five completions earn nothing for it any more. */
const SHARE_OF_BEST = 0.2;

/** What the paper saw with beta = 0 (section on the KL penalty): the format reward falls to nothing and does not come back. */
export const formatCollapse: Alarm = {
  name: "format-collapse",
  check(history) {
    const values = metricValues(history, "reward_format");
    if (values.length < 2 * STEPS) return null;
    let sum = 0;
    let best = 0;
    let last = 0;
    for (const [index, value] of values.entries()) {
      sum += value - (index >= STEPS ? values[index - STEPS]! : 0);
      if (index < STEPS - 1) continue;
      last = sum / STEPS;
      best = Math.max(best, last);
    }
    if (best < WAS_LEARNED || last >= SHARE_OF_BEST * best) return null;
    return `the format reward fell from ${best.toFixed(2)} to ${last.toFixed(2)} (means of ${STEPS} steps). The paper saw this with beta = 0: set --beta (its value is 1e-4) and go on from an earlier checkpoint.`;
  },
};
