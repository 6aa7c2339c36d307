"""TRL's configuration from the settings."""

import difflib
import enum
import importlib
import os
import sys
from dataclasses import Field, fields
from types import ModuleType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import torch
from huggingface_hub import get_token
from peft import LoraConfig
from transformers import TrainingArguments
from transformers.integrations import get_available_reporting_integrations
from transformers.integrations.integration_utils import INTEGRATION_TO_CALLBACK
from transformers.utils import is_torch_bf16_gpu_available

from .events import emit
from .settings import Settings

# What the worker itself needs: it reports steps as events, and a NaN must be seen, not filtered.
DEFAULTS = {"report_to": "none", "disable_tqdm": True, "logging_nan_inf_filter": False}


# Read in TRL 1.13.0 and 1.16.0 (GRPOTrainer._tokenize_prompts, VLLMGeneration.generate) and vLLM 0.28.0.
VLLM_REFUSED = (
    "use_vllm: TRL gives vLLM prompts whose image placeholders are already expanded, and vLLM expands them again: the "
    "model that generates would see other pictures than the one that learns (TRL issue 6294). Leave vLLM out until TRL "
    "has the fix (pull request 6718; not in 1.16.0) and vsi-train pins that version."
)

# transformers' own words are to set use_cpu, which leaves a newcomer looking for the flag.
BF16_REFUSED = (
    "bf16: this preset needs a GPU that computes in bfloat16, and PyTorch finds none here. To try everything on a CPU, "
    "use --preset tiny with a model of vsi-train tiny-model; --dry-run shows the settings; vsi-train doctor says what "
    "is installed."
)


# transformers takes these names, and does not list them as available where they are.
NEVER_LISTED = ("azure_ml", "flyte")


def method_module(settings: Settings) -> ModuleType:
    """grpo, sft or dpo; imported by name because TRL's trainers take seconds to import."""
    return importlib.import_module(f".{settings.method}", __package__)


def make_config(settings: Settings, **overrides: Any) -> TrainingArguments:
    """GRPOConfig, SFTConfig or DPOConfig from the trainer settings as they are, for one GPU a process; ValueError for use_vllm, and for bf16
    without a GPU that has it."""
    if settings.trainer.get("use_vllm"):
        raise ValueError(VLLM_REFUSED)
    given = {**settings.trainer, **overrides}
    if given.get("bf16") and not given.get("use_cpu") and not is_torch_bf16_gpu_available():
        raise ValueError(BF16_REFUSED)
    _check_device(given)
    model_init = dict(settings.trainer.get("model_init_kwargs") or {})
    if settings.model_revision is not None:
        # GRPO and DPO load the reference model with these, so it is the same revision.
        model_init["revision"] = settings.model_revision
    config_class = method_module(settings).CONFIG
    check_given(config_class, {name: settings.trainer[name] for name in settings.given})
    config = config_class(
        **{
            **DEFAULTS,
            **_with_floats(config_class, settings.trainer),
            "model_init_kwargs": model_init,
            "output_dir": str(settings.checkpoints),
            **overrides,
        }
    )
    return _on_one_gpu(config)


def _check_device(given: dict[str, Any]) -> None:
    """Raises ValueError where torchrun started more processes than there are GPUs: CUDA's words are "invalid device ordinal"."""
    processes, count = int(os.environ.get("LOCAL_WORLD_SIZE", "1")), torch.cuda.device_count()
    if torch.cuda.is_available() and not given.get("use_cpu") and processes > count:
        raise ValueError(
            f"--processes: got {processes}, expected {count} at most: a process takes a GPU of its own, and PyTorch sees "
            f"{count} on this host (CUDA_VISIBLE_DEVICES may hide some)."
        )


def _on_one_gpu(config: TrainingArguments) -> TrainingArguments:
    """Keeps a lone process on a host of several GPUs to one of them.

    Trainer (transformers 5.18) would lay nn.DataParallel over all: a batch for each, where one was asked for, and frames
    cut between them in the middle, as pixels are rows of patches. It does the same to itself for model parallelism.
    """
    if config.n_gpu > 1:
        emit("warning", message=f"one of {config.n_gpu} GPUs is used; --processes {config.n_gpu} uses all of them.")
        config._n_gpu = 1
        if config.n_gpu != 1:
            raise RuntimeError("This version of transformers can't be kept to one GPU: set CUDA_VISIBLE_DEVICES=0.")
    return config


def check_given(config_class: type[TrainingArguments], given: dict[str, Any]) -> None:
    """Raises ValueError, in the words of the flag, for a name that TRL's class has not, or a value of another type."""
    known = {item.name: item for item in fields(config_class) if item.init}
    hints = get_type_hints(config_class)
    for name, value in given.items():
        if name not in known:
            near = difflib.get_close_matches(name, known, n=1) or [each for each in known if _initials(each) == name]
            hint = f" Did you mean {near[0]}?" if len(near) == 1 else ""
            raise ValueError(
                f"--set: got {name}, expected a setting of TRL's {config_class.__name__}.{hint} {_list_of(config_class)}"
            )
        if not _fits(value, hints.get(name, Any)):
            raise ValueError(
                f"--set {name}: got {value!r}, expected {_in_words(hints[name])}{_default_in_words(known[name])}. "
                f"{_list_of(config_class)}"
            )
        if name == "report_to":
            _check_trackers(value)
        if name == "push_to_hub" and value and get_token() is None:
            raise ValueError(
                "--set push_to_hub: got no token for the hub, expected one in HF_TOKEN or by hf auth login. It is not "
                "recorded."
            )


def _initials(name: str) -> str:
    return "".join(part[:1] for part in name.split("_"))


def _list_of(config_class: type[TrainingArguments]) -> str:
    return f"This lists all, with what they mean: {sys.executable} -m pydoc trl.{config_class.__name__}"


def _check_trackers(report_to: str | list[str] | None) -> None:
    """Raises ValueError for a tracker that transformers has not, or whose package is missing: it would say so only once
    the model is loaded."""
    names = [report_to] if isinstance(report_to, str) else report_to or []
    available = {*get_available_reporting_integrations(), *NEVER_LISTED, "all", "none"}
    for name in names:
        if name in available:
            continue
        if name not in INTEGRATION_TO_CALLBACK:
            near = difflib.get_close_matches(name, INTEGRATION_TO_CALLBACK, n=1)
            hint = f" Did you mean {near[0]}?" if near else ""
            known = ", ".join(sorted(INTEGRATION_TO_CALLBACK))
            raise ValueError(f"--set report_to: got {name}, expected all, none, or some of {known}.{hint}")
        raise ValueError(
            f"--set report_to: got {name}, whose package the trainer's Python has not. Install it: {sys.executable} -m "
            f"pip install {name}"
        )


def _fits(value: Any, hint: Any) -> bool:
    if hint is Any:
        return True
    if hint is None or hint is type(None):
        return value is None
    origin = get_origin(hint)
    if origin is Literal:
        return value in get_args(hint)
    if origin is Union or type(hint).__name__ == "UnionType":
        return any(_fits(value, each) for each in get_args(hint))
    if hint is bool:
        return isinstance(value, bool)
    if hint in (int, float):
        return isinstance(value, (int, hint)) and not isinstance(value, bool)
    kind = origin or hint
    if isinstance(kind, type) and issubclass(kind, enum.Enum):
        # Unions with such a class take a text too, which the class itself checks.
        return value in {member.value for member in kind}
    return isinstance(value, kind) if isinstance(kind, type) else True


def _in_words(hint: Any) -> str:
    """A type as a user of the flag would say it."""
    names = {bool: "true or false", int: "a whole number", float: "a number", str: "a text", dict: "an object"}
    if hint is type(None):
        return "null"
    parts = get_args(hint) if get_origin(hint) is Union or type(hint).__name__ == "UnionType" else ()
    if parts:
        return " or ".join(dict.fromkeys(_in_words(part) for part in parts))
    kind = get_origin(hint) or hint
    if kind is list:
        return 'a list such as ["a"]'
    if isinstance(kind, type) and issubclass(kind, enum.Enum):
        return " or ".join(str(member.value) for member in kind)
    return names.get(kind, str(hint))


def _default_in_words(item: Field) -> str:
    return f" (its default is {item.default!r})" if isinstance(item.default, (bool, int, float, str)) else ""


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
