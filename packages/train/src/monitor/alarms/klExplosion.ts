import { median } from "../median.ts";
import type { Alarm } from "./alarm.ts";
import { metricValues } from "./metricValues.ts";

/** The median over ten steps: the estimator exp(x) - x - 1 has heavy tails, so that single steps of a healthy run are far out. */
const STEPS = 10;

/**
 * Nats a token. Runs with beta at 1e-4 to 1e-2 stay below 1 or so; at 10 the policy gives its tokens e^-10 of the
 * reference's probability or e^10 times as much: its language is gone. Ours: the paper prints no curve of it.
 */
const LARGEST_KL = 10;

/** The policy has run away from the reference model. */
export const klExplosion: Alarm = {
  name: "kl-explosion",
  check(history) {
    const values = metricValues(history.slice(-STEPS), "kl");
    if (values.length < STEPS || median(values) <= LARGEST_KL) return null;
    return `KL to the reference model is ${median(values).toPrecision(3)} (median of ${STEPS} steps; ${LARGEST_KL} is the limit): the model is losing its language. Lower --learning-rate or raise --beta, and go on from an earlier checkpoint.`;
  },
};
