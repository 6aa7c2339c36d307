import type { Alarm } from "./alarm.ts";
import { metricValues } from "./metricValues.ts";

/**
 * 20 steps: single batches without variance are common with few questions a step, twenty in a row mean that nearly every
 * rollout of every question earns the same.
 */
const STEPS = 20;

/** Of the groups of a step. With 9 of 10 groups alike the gradient comes from a tenth of the rollouts that were paid for. */
const LARGEST_SHARE = 0.9;

/** GRPO learns from the differences inside a group (advantage = (r - mean) / std): without any there is no gradient. */
export const noRewardVariance: Alarm = {
  name: "no-reward-variance",
  check(history) {
    const shares = metricValues(history.slice(-STEPS), "frac_reward_zero_std");
    if (shares.length < STEPS || Math.min(...shares) < LARGEST_SHARE) return null;
    const reward = metricValues(history.slice(-1), "reward")[0];
    const level = reward === undefined ? "" : ` (reward ${reward.toFixed(3)})`;
    return `for ${STEPS} steps at least ${LARGEST_SHARE * 100} % of the groups had no variance in their rewards${level}: nothing is learned. Rewards all 0? Look at samples.jsonl, train by SFT first or take easier questions. All 1? It is learned: stop, or take harder ones.`;
  },
};
