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


def rename_metrics(logs: dict[str, Any], prefix: str = "") -> dict[str, Any]:
    """Our names for TRL's logs; `prefix` ("eval_" for held-out rows) is taken off first."""
    named = {name.removeprefix(prefix): value for name, value in logs.items() if name.startswith(prefix)}
    return {NAMES[name]: value for name, value in named.items() if name in NAMES}
