"""TRL's names of metrics and ours: the only place where they meet."""

from typing import Any

# Ours are plain words that hold for all three methods; what is not listed is not reported.
NAMES = {
    "epoch": "epoch",
    "loss": "loss",
    "learning_rate": "learning_rate",
    "grad_norm": "grad_norm",
    "entropy": "entropy",
    "num_tokens": "tokens",
    # GRPO
    "reward": "reward",
    "reward_std": "reward_std",
    "reward_format": "reward_format",
    "reward_accuracy": "reward_accuracy",
    "reward_guards": "reward_guards",
    "reward_length": "reward_length",
    # TRL names a reward function's mean by the function.
    "rewards/reward_plugin/mean": "reward_plugin",
    "frac_reward_zero_std": "frac_reward_zero_std",
    "kl": "kl",
    "completions/mean_length": "completion_length",
    "completions/clipped_ratio": "completion_cut_ratio",
    "clip_ratio/region_mean": "clip_ratio",
    # With vLLM: log-probabilities of the generator against the trainer's (TRL issues 4772, 6401).
    "sampling/sampling_logp_difference/mean": "sampling_difference",
    "sampling/sampling_logp_difference/max": "sampling_difference_max",
    # SFT
    "mean_token_accuracy": "token_accuracy",
    # DPO
    "rewards/chosen": "reward_chosen",
    "rewards/rejected": "reward_rejected",
    "rewards/margins": "margin",
    "rewards/accuracies": "preference_accuracy",
}


# What a reward function logs of a question type, by the type's name, and the metric that comes of it.
SUM = "accuracy_sum/"
COUNT = "accuracy_count/"
BY_TYPE = "accuracy/"


def rename_metrics(logs: dict[str, Any], prefix: str = "") -> dict[str, Any]:
    """Our names for TRL's logs; `prefix` ("eval_" for held-out rows) is taken off first."""
    named = {name.removeprefix(prefix): value for name, value in logs.items() if name.startswith(prefix)}
    known = {NAMES[name]: value for name, value in named.items() if name in NAMES}
    # A type that no question of the step is of has no accuracy.
    by_type = {
        BY_TYPE + name.removeprefix(COUNT): named[SUM + name.removeprefix(COUNT)] / count
        for name, count in named.items()
        if name.startswith(COUNT) and count > 0
    }
    return {**known, **by_type}
