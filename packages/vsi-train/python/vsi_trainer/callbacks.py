"""What happens between steps: reports, and the orderly stop after a signal."""

import signal
import time
from typing import Any

import torch
from transformers import Trainer, TrainerCallback, TrainerControl, TrainerState, TrainingArguments

from .doctor import versions
from .events import emit
from .metrics import rename_metrics
from .own_time import OwnTime
from .samples import Samples
from .settings import Settings


class Interruption(TrainerCallback):
    """Turns SIGTERM and SIGINT into a checkpoint at the step's end.

    Only the first signal counts: torchrun passes on what a terminal has sent to every process already.
    """

    def __init__(self, own_time: OwnTime) -> None:
        self._own_time = own_time
        self._received = 0
        # The number of the signal all processes agreed to stop for, 0 for none.
        self.signal = 0

    def listen(self) -> None:
        """From here on a signal is kept until the next step's end, also while the model loads."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._receive)

    def _receive(self, number: int, _frame: object) -> None:
        self._received = self._received or number

    def on_step_end(self, args: TrainingArguments, state: TrainerState, control: TrainerControl, **_: Any) -> None:
        with self._own_time:
            self.signal = self._agree(args)
        if self.signal:
            control.should_log = control.should_save = control.should_training_stop = True
            control.should_evaluate = False

    def _agree(self, args: TrainingArguments) -> int:
        """The greatest signal any process has: one that stopped alone would leave the others waiting."""
        if args.world_size == 1:
            return self._received
        number = torch.tensor(self._received, device=args.device)
        torch.distributed.all_reduce(number, op=torch.distributed.ReduceOp.MAX)
        return int(number.item())


class Reporter(TrainerCallback):
    """Reports the start, each step, held-out evaluations, samples and checkpoints.

    A step's seconds run from the end of the step before to its own end; what an evaluation or a checkpoint takes
    between steps is left out. Where TRL logs every n-th step, they are the mean of the n.
    """

    def __init__(self, settings: Settings, trainer: Trainer, samples: Samples, own_time: OwnTime) -> None:
        self._settings = settings
        self._trainer = trainer
        self._samples = samples
        self._own_time = own_time
        self._steps = 0
        self._seconds = self._own_seconds = 0.0
        self._began = self._own_began = 0.0

    def on_train_begin(self, args: TrainingArguments, state: TrainerState, control: TrainerControl, **_: Any) -> None:
        parameters = [
            # DeepSpeed leaves empty tensors behind and keeps the true size aside.
            (getattr(parameter, "ds_numel", parameter.numel()), parameter.requires_grad)
            for parameter in self._trainer.model.parameters()
        ]
        emit(
            "ready",
            versions=versions(),
            device=str(args.device),
            world_size=args.world_size,
            parameters=sum(size for size, _ in parameters),
            trainable=sum(size for size, is_trainable in parameters if is_trainable),
            rows=len(self._trainer.train_dataset),
            config=args.to_dict(),
            resumed_from_step=state.global_step or None,
        )
        self._pause()

    def on_step_end(self, args: TrainingArguments, state: TrainerState, control: TrainerControl, **_: Any) -> None:
        self._steps += 1
        self._seconds += time.perf_counter() - self._began
        self._own_seconds += self._own_time.seconds - self._own_began
        self._pause()

    def on_log(
        self, args: TrainingArguments, state: TrainerState, control: TrainerControl, logs: dict[str, Any], **_: Any
    ) -> None:
        # TRL adds its metrics of an evaluation to the log alone, so on_evaluate would not see them.
        if "eval_loss" in logs:
            emit("held_out", step=state.global_step, metrics=rename_metrics(logs, "eval_"))
        elif "loss" in logs and self._steps > 0:
            began = time.perf_counter()
            self._report_step(state, logs)
            # Counted into the next step: this one's report is already written.
            self._steps = 0
            self._seconds = self._own_seconds = time.perf_counter() - began
        self._pause()

    def on_evaluate(self, *_: Any, **__: Any) -> None:
        self._pause()

    def on_save(self, args: TrainingArguments, state: TrainerState, control: TrainerControl, **_: Any) -> None:
        emit("checkpoint", step=state.global_step, path=self._settings.checkpoints / f"checkpoint-{state.global_step}")
        self._pause()

    def _report_step(self, state: TrainerState, logs: dict[str, Any]) -> None:
        seconds = self._seconds / self._steps
        emit(
            "step",
            step=state.global_step,
            of=state.max_steps,
            seconds=seconds,
            trainer_seconds=seconds - self._own_seconds / self._steps,
            metrics=rename_metrics(logs),
        )
        if self._settings.samples_every > 0 and state.global_step % self._settings.samples_every == 0:
            self._samples.emit(state.global_step)

    def _pause(self) -> None:
        self._began = time.perf_counter()
        self._own_began = self._own_time.seconds
