import type { AccuracyReward } from "./accuracy.ts";

/** How much each part of a reward counts in its total. */
export interface RewardWeights {
  format: number;
  accuracy: number;
  /** Only of rewards that have a part for length. */
  length: number;
}

/** One reward: which parts it has, and how they are judged. */
export interface RewardDefinition {
  /** For a list to choose from. */
  about: string;
  /** The paper that it comes from, and what is ours. */
  source: string;
  /** How numeric answers are scored. */
  accuracy: AccuracyReward;
  /** Whether hedges, several answers and empty or padded reasoning are refused. */
  isGuarded: boolean;
  /** Whether reasoning is paid by its length. */
  hasLength: boolean;
  weights: RewardWeights;
}

const EQUAL: RewardWeights = { format: 1, accuracy: 1, length: 0 };

/** Every reward, by the name that vsi-reward and vsi-train take. */
export const REWARDS = {
  paper: {
    about: "format and accuracy, numbers by relative error; guarded against hacks",
    source: "Liao et al., arXiv 2504.00883; the guards are ours",
    accuracy: "paper",
    isGuarded: true,
    hasLength: false,
    weights: EQUAL,
  },
  mra: {
    about: "as paper, numbers by VSI-Bench's mean relative accuracy",
    source: "Yang et al., arXiv 2412.14171, for the metric; the guards are ours",
    accuracy: "mra",
    isGuarded: true,
    hasLength: false,
    weights: EQUAL,
  },
  "paper-plain": {
    about: "as paper without guards: the tags in order are enough, however empty; for studying its hacks",
    source: "Liao et al., arXiv 2504.00883; tags and answer are matched as R1-V's reward functions match them",
    accuracy: "paper",
    isGuarded: false,
    hasLength: false,
    weights: EQUAL,
  },
  "paper-length": {
    about: "as paper, and longer reasoning earns more, up to 100 words",
    source: "Liao et al., arXiv 2504.00883, tried one and prints no formula; this one is ours",
    accuracy: "paper",
    isGuarded: true,
    hasLength: true,
    // Half of what a right answer earns: a long wrong completion stays behind a short right one.
    weights: { format: 1, accuracy: 1, length: 0.5 },
  },
} as const satisfies Record<string, RewardDefinition>;

/** One of REWARDS. */
export type RewardName = keyof typeof REWARDS;

/** What is paid unless a request names another. */
export const DEFAULT_REWARD: RewardName = "paper";

/** The names in REWARDS. */
export const REWARD_NAMES = Object.keys(REWARDS) as readonly RewardName[];

/** Whether a text from outside names a reward. */
export function isRewardName(name: unknown): name is RewardName {
  return typeof name === "string" && Object.hasOwn(REWARDS, name);
}

/**
 * Words of reasoning from which on no more is paid for length: about what four sentences take, which is enough to name
 * the objects, their places and the sum.
 */
export const LENGTH_WORDS = 100;

/** What reasoning of so many words earns for its length, in 0 to 1: in proportion up to LENGTH_WORDS. */
export function lengthReward(words: number): number {
  return Math.min(1, words / LENGTH_WORDS);
}
