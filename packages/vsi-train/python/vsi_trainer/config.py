"""TRL's configuration from the settings."""

import importlib
from dataclasses import fields
from types import ModuleType
from typing import Any

from peft import LoraConfig
from transformers import TrainingArguments

from .settings import Settings

# What the worker itself needs: it reports steps as events, and a NaN must be seen, not filtered.
DEFAULTS = {"report_to": "none", "disable_tqdm": True, "logging_nan_inf_filter": False}


# Read in TRL 1.13.0 and 1.16.0 (GRPOTrainer._tokenize_prompts, VLLMGeneration.generate) and vLLM 0.28.0.
VLLM_REFUSED = (
    "use_vllm: TRL gives vLLM prompts whose image placeholders are already expanded, and vLLM expands them again: the "
    "model that generates would see other pictures than the one that learns (TRL issue 6294). Leave vLLM out until TRL "
    "has the fix (pull request 6718; not in 1.16.0) and vsi-train pins that version."
)


def method_module(settings: Settings) -> ModuleType:
    """grpo, sft or dpo; imported by name because TRL's trainers take seconds to import."""
    return importlib.import_module(f".{settings.method}", __package__)


def make_config(settings: Settings, **overrides: Any) -> TrainingArguments:
    """GRPOConfig, SFTConfig or DPOConfig from the trainer settings as they are; ValueError for use_vllm."""
    if settings.trainer.get("use_vllm"):
        raise ValueError(VLLM_REFUSED)
    model_init = dict(settings.trainer.get("model_init_kwargs") or {})
    if settings.model_revision is not None:
        # GRPO and DPO load the reference model with these, so it is the same revision.
        model_init["revision"] = settings.model_revision
    config_class = method_module(settings).CONFIG
    return config_class(
        **{
            **DEFAULTS,
            **_with_floats(config_class, settings.trainer),
            "model_init_kwargs": model_init,
            "output_dir": str(settings.checkpoints),
            **overrides,
        }
    )


def _with_floats(config_class: type[TrainingArguments], trainer: dict[str, Any]) -> dict[str, Any]:
    """JavaScript writes 2.0 as 2, and transformers refuses a whole number as a temperature."""
    floats = {item.name for item in fields(config_class) if isinstance(item.default, float)}
    return {name: float(value) if name in floats and type(value) is int else value for name, value in trainer.items()}


def make_lora(settings: Settings) -> LoraConfig | None:
    """The adapter to train, None to train every weight (or the adapter started from)."""
    if settings.lora is None:
        return None
    if settings.adapter is not None:
        raise ValueError("lora and adapter: got both, expected one: an adapter that is trained on keeps its settings.")
    return LoraConfig(task_type="CAUSAL_LM", **settings.lora)
