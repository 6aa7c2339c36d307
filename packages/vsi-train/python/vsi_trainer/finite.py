"""Stops a run at the first number that is not finite, before it reaches the weights or a checkpoint."""

import json
import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import torch
from transformers import Trainer, TrainerCallback, TrainerControl, TrainerState, TrainingArguments

# Left in a checkpoint whose next step was not finite. Its own numbers may all be finite (1e30) and yet be lost.
MARK = "not-finite.json"


class FiniteCheck(TrainerCallback):
    """Raises RuntimeError, which ends the run with exit code 1 and saves nothing.

    Gradients are looked at before the optimiser uses them, the trained weights after it and before a checkpoint, the
    loss where TRL logs it, what is generated where it is drawn. So no checkpoint with such weights is written, and none of the good ones is rotated away.
    """

    def __init__(self, trainer: Trainer, checkpoints: Path) -> None:
        self._trainer = trainer
        self._checkpoints = checkpoints

    def on_pre_optimizer_step(
        self, args: TrainingArguments, state: TrainerState, control: TrainerControl, **_: Any
    ) -> None:
        # DeepSpeed keeps gradients to itself: there the loss and the weights tell. With float16 the scaler skips a
        # step whose gradients overflow, as a matter of course.
        if not args.fp16 and (name := first_not_finite({name: each.grad for name, each in self._trained()})):
            self._mark(state.global_step)
            raise _stop(f"the gradient of {name}", state.global_step + 1)

    def on_step_end(self, args: TrainingArguments, state: TrainerState, control: TrainerControl, **_: Any) -> None:
        if name := first_not_finite({name: each.data for name, each in self._trained()}):
            raise _stop(f"the weight {name}", state.global_step)

    def on_log(
        self, args: TrainingArguments, state: TrainerState, control: TrainerControl, logs: dict[str, Any], **_: Any
    ) -> None:
        if "loss" in logs and not math.isfinite(logs["loss"]):
            self._mark(state.global_step - 1)
            raise _stop(f"the loss, {logs['loss']},", state.global_step)

    def while_generating(self, error: RuntimeError) -> RuntimeError | None:
        """The stop for torch's words about probabilities that it cannot draw a token from; None for any other error."""
        if "probability tensor contains" not in str(error):
            return None
        step = self._trainer.state.global_step
        self._mark(step)
        return _stop("a probability of the next token", step + 1)

    def _trained(self) -> Iterator[tuple[str, torch.nn.Parameter]]:
        model = self._trainer.accelerator.unwrap_model(self._trainer.model)
        return ((name, weight) for name, weight in model.named_parameters() if weight.requires_grad)

    def _mark(self, step: int) -> None:
        checkpoint = self._checkpoints / f"checkpoint-{step}"
        # By whichever process sees it: what it draws is its own, and it ends the others before they come to draw theirs.
        if checkpoint.is_dir():
            (checkpoint / MARK).write_text(json.dumps({"failed_step": step + 1}))


def first_not_finite(tensors: dict[str, torch.Tensor | None]) -> str | None:
    """The name of the first tensor with a NaN or an infinity, None when all are finite."""
    known = {name: tensor for name, tensor in tensors.items() if tensor is not None and tensor.numel() > 0}
    if not known:
        return None
    # One number for each tensor and one wait for the device. A sum of magnitudes is not finite where a value is not;
    # it may also overflow by itself, so the tensor is looked at then.
    sums = torch.stack([tensor.detach().abs().sum(dtype=torch.float32) for tensor in known.values()])
    names = list(known)
    suspects = (names[at] for at in (~torch.isfinite(sums)).nonzero().flatten().tolist())
    return next((name for name in suspects if not torch.isfinite(known[name]).all()), None)


def _stop(what: str, step: int) -> RuntimeError:
    return RuntimeError(
        f"Not finite at step {step}: {what} is NaN or infinite. Nothing of this step was saved. Continue from the last "
        "good checkpoint with a lower --learning-rate: --resume finds it."
    )
