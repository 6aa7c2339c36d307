"""GRPO: the reward worker's totals, TRL's optimiser.

The objective of VSI-100k's paper (arXiv 2504.00883v2) in GRPOConfig's terms; TRL's defaults differ where "not" is said:

    loss_type="grpo"              mean over a completion's tokens, then over the group (not "dapo")
    scale_rewards="group"         advantage (r - mean r) / std r over the group of num_generations
    epsilon=0.2                   clips the ratio to [1 - epsilon, 1 + epsilon]; epsilon_high and delta stay None
    importance_sampling_level="token"
    beta=1e-4                     weight of KL = pi_ref/pi - log(pi_ref/pi) - 1, the k3 estimator (not 0)
    use_bias_correction_kl=False  KL is not multiplied by the ratio (not True)
    mask_truncated_completions=False, top_entropy_quantile=1.0, entropy_coef=0.0
    num_generations=14, temperature=1.0, top_p=1.0, top_k=0
    num_iterations=1              ratios are 1 and nothing is clipped; more updates a batch make them differ

What still deviates: std has one degree of freedom (n - 1) and 1e-4 is added to it before dividing (no option); the
ratio, the KL and the clipping are a token's, where the paper writes one of a completion.
"""

from typing import Any

from transformers import PreTrainedModel
from trl import GRPOConfig, GRPOTrainer

from .own_time import OwnTime
from .reward_plugin import load_plugin
from .rewards import RewardWorker, make_reward_function
from .samples import Samples
from .settings import Settings

CONFIG = GRPOConfig


def make_trainer(settings: Settings, samples: Samples, own_time: OwnTime, **common: Any) -> GRPOTrainer:
    """TRL's trainer with its own reward process."""
    config = common["args"]
    # A completion with an image's placeholder in it, rare as it is, ends the run: the model looks for its picture.
    suppressed = {"suppress_tokens": _placeholders(common["model"])}
    config.generation_kwargs = {**suppressed, **(config.generation_kwargs or {})}
    worker = RewardWorker(settings.reward_command)
    rewards = [make_reward_function(worker, samples, own_time, question_types(common))]
    if settings.reward_plugin is not None:
        plugin = dict(settings.reward_plugin)
        config.reward_weights = [1.0, plugin.pop("weight", 1.0)]
        rewards.append(load_plugin(**plugin))
    return GRPOTrainer(reward_funcs=rewards, **common)


def question_types(datasets: dict[str, Any]) -> list[str]:
    """Every type of the rows, also of those held out: each process logs the same names."""
    found = [datasets[name] for name in ("train_dataset", "eval_dataset") if datasets.get(name) is not None]
    return sorted({each for rows in found for each in rows.unique("question_type")})


def _placeholders(model: PreTrainedModel) -> list[int]:
    names = ("image_token_id", "image_token_index", "video_token_id")
    return [token for name in names if (token := getattr(model.config, name, None)) is not None]
