"""Ends a process whose neighbours are gone.

A process that dies alone, of a full GPU or a broken frame, leaves the others waiting for it in a collective operation: with
NCCL until torchrun's patience ends, ten minutes of every other GPU.
"""

import os
import threading
from pathlib import Path
from typing import Any

from transformers import TrainerCallback, TrainerControl, TrainerState, TrainingArguments

from .events import emit_error

# Longer than gloo or NCCL over a network takes to say so itself, with words that say more.
GRACE_SECONDS = 60.0
LOOK_SECONDS = 5.0


class LostRanks(TrainerCallback):
    """Watches, while steps are made, the other training processes of this host: torchrun's children.

    From the end of the last step on they may end before this one, which saves the model.
    """

    def __init__(self, look: float = LOOK_SECONDS, grace: float = GRACE_SECONDS) -> None:
        self._look = look
        self._grace = grace
        self._is_over = threading.Event()
        self._watcher: threading.Thread | None = None

    def on_train_begin(self, args: TrainingArguments, state: TrainerState, control: TrainerControl, **_: Any) -> None:
        if args.world_size > 1 and Path("/proc/self/stat").exists():
            self._watcher = threading.Thread(target=self._watch, args=(siblings(),), daemon=True)
            self._watcher.start()

    def on_step_end(self, args: TrainingArguments, state: TrainerState, control: TrainerControl, **_: Any) -> None:
        if control.should_training_stop or state.global_step >= state.max_steps:
            self.stop()

    def stop(self) -> None:
        """No neighbour is missed any more."""
        self._is_over.set()

    def _watch(self, others: set[int]) -> None:
        while not self._is_over.wait(self._look):
            if not (others - siblings()):
                continue
            if not self._is_over.wait(self._grace):
                emit_error("another training process on this host is gone, and this one waited for it. The cause is its own.")
                # The main thread hangs in a call that hears nothing.
                os._exit(1)
            return


def siblings() -> set[int]:
    """The other processes that this one's parent started by the same command line and that still run: what else a
    scheduler starts may end when it likes."""
    own, parent = os.getpid(), os.getppid()
    command = Path("/proc/self/cmdline").read_bytes()
    found = set()
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit() or int(entry.name) == own:
            continue
        try:
            # "12 (name, brackets and all) S 1 ...": state and parent.
            state, of = (entry / "stat").read_text().rpartition(")")[2].split()[:2]
            if int(of) == parent and state != "Z" and (entry / "cmdline").read_bytes() == command:
                found.add(int(entry.name))
        except (OSError, ValueError):
            continue
    return found
