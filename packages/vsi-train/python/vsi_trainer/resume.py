"""Finds the checkpoint to go on from, and goes on as it is told to."""

import json
import re
import sys
import zipfile
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError, safe_open
from transformers import TrainerCallback, TrainerControl, TrainerState, TrainingArguments

from .finite import MARK
from .settings import Settings


def find_checkpoint(settings: Settings) -> Path | None:
    """The checkpoint named by `resume`; for "latest" the newest that is good, or None.

    Good is one that was written to its end, with finite weights, after which no step failed for want of finite numbers.
    Raises ValueError for a named checkpoint that is missing or not good.
    """
    if settings.resume is None:
        return None
    if settings.resume != "latest":
        path = Path(settings.resume)
        if (flaw := _flaw(path)) is not None:
            raise ValueError(f"resume: {path}: {flaw}. Resume from another checkpoint, or from the latest.")
        return path
    found = [path for path in settings.checkpoints.glob("checkpoint-*") if re.fullmatch(r"checkpoint-\d+", path.name)]
    for path in sorted(found, key=_step, reverse=True):
        if (flaw := _flaw(path)) is None:
            return path
        print(f"{path}: skipped, {flaw}", file=sys.stderr)
    return None


class GivenLearningRate(TrainerCallback):
    """Trains a resumed run with the learning rate it is given.

    Trainer (transformers 5.18) restores the checkpoint's, in the optimiser and in the schedule, without a word: "resume
    with a lower learning rate" would change nothing.
    """

    def on_train_begin(
        self, args: TrainingArguments, state: TrainerState, control: TrainerControl, lr_scheduler: Any = None, **_: Any
    ) -> None:
        # accelerate wraps the schedule.
        schedule = getattr(lr_scheduler, "scheduler", lr_scheduler)
        if state.global_step == 0 or not hasattr(schedule, "base_lrs"):
            return
        for group, before in zip(schedule.optimizer.param_groups, schedule.base_lrs, strict=True):
            group["lr"] *= args.learning_rate / before
            group["initial_lr"] = args.learning_rate
        schedule.base_lrs = [args.learning_rate] * len(schedule.base_lrs)
        # What is logged for the first step.
        schedule._last_lr = [group["lr"] for group in schedule.optimizer.param_groups]


class AlreadyDone(Exception):
    """A run goes on from the checkpoint of its last step: its model only has to be saved."""


class LastStep(TrainerCallback):
    """Raises AlreadyDone in place of a step beyond the last one.

    Trainer (transformers 5.18) asks whether that was the last step only behind each: a run that was killed between its
    last checkpoint and its end would be trained one step too many.
    """

    def on_epoch_begin(
        self, args: TrainingArguments, state: TrainerState, control: TrainerControl, **_: Any
    ) -> None:
        if state.global_step >= state.max_steps:
            raise AlreadyDone


def _step(path: Path) -> int:
    return int(path.name.rsplit("-", 1)[1])


def _flaw(path: Path) -> str | None:
    """What is wrong with a checkpoint: kill -9 leaves files out, a lost machine cuts them, a run may have exploded."""
    if (path / MARK).exists():
        return "the step after it was not finite"
    try:
        # Trainer writes this file last.
        state = json.loads((path / "trainer_state.json").read_text(encoding="utf-8"))
        if not isinstance(state.get("global_step"), int):
            return "trainer_state.json has no global_step"
        weights = sorted(path.rglob("*.safetensors"))
        for file in weights:
            # Opening compares the header's lengths with the file's.
            with safe_open(file, framework="pt") as weights_in:
                # One tensor at a time, read from the mapped file: seconds for a model of 7B.
                broken = [name for name in weights_in.keys() if not torch.isfinite(weights_in.get_tensor(name)).all()]
            if broken:
                return f"its weight {broken[0]} is not finite"
    except (OSError, ValueError, SafetensorError) as error:
        return f"it was not written to its end ({error})"
    # torch.save writes a zip archive, whose directory stands at its end.
    archives = [file for ending in ("*.pt", "*.pth", "*.bin") for file in path.rglob(ending)]
    for file in archives:
        # training_args.bin too.
        if not zipfile.is_zipfile(file):
            return f"it was not written to its end ({file.name} is cut)"
    return None if weights or archives else "it has no weights"
