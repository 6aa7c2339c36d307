/** One curve of the report. */
export interface Curve {
  /** The metric's name in metrics.jsonl, or "seconds" for a step's time. */
  metric: string;
  title: string;
  /** The vertical axis, with its unit. */
  axis: string;
  /** What to look for. */
  caption: string;
}

/** In the order of the paper's figure 3 (rewards, then lengths), then what tells whether training is healthy. */
export const CURVES: readonly Curve[] = [
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
