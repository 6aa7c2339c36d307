"""The hub, where --set push_to_hub asks for it: the repository before the model is loaded, the model once it is saved.

What the hub refuses costs no training: a run goes on without it, says so, and keeps its model.
"""

from pathlib import Path
from typing import Any

from huggingface_hub import create_repo, model_info
from transformers import Trainer, TrainerCallback, TrainerControl, TrainerState, TrainingArguments

from .events import emit


def make_repository(config: TrainingArguments) -> None:
    """Makes the repository that push_to_hub asks for before the model is loaded, as the Trainer does behind it; raises
    RuntimeError where the hub is not reached or refuses, or has such a repository that all can read."""
    if not config.push_to_hub or config.process_index != 0:
        return
    try:
        repository = create_repo(config.hub_model_id, private=config.hub_private_repo, exist_ok=True).repo_id
        # One that is there keeps its visibility.
        is_public = bool(config.hub_private_repo) and not model_info(repository).private
    except Exception as error:
        raise RuntimeError(
            f"--set push_to_hub: got {in_words(error)}, expected to make the repository {config.hub_model_id} on the hub. Is the "
            "network there, and may the token of HF_TOKEN or hf auth login write? Nothing was trained."
        ) from error
    if is_public:
        raise RuntimeError(
            f"--set push_to_hub: the repository {repository} is there already, and public. Name another one by --set "
            "hub_model_id=NAME, or say --set hub_private_repo=false. Nothing was trained."
        )


class PushReport(TrainerCallback):
    """Says, once for each cause, that a checkpoint was not pushed: Trainer (transformers 5.18) pushes beside the training
    and never looks at how it ended."""

    def __init__(self, trainer: Trainer) -> None:
        self._trainer = trainer
        self._said: set[str] = set()

    def on_step_end(self, args: TrainingArguments, state: TrainerState, control: TrainerControl, **_: Any) -> None:
        pushed = getattr(self._trainer, "push_in_progress", None)
        for job in [] if pushed is None else pushed.jobs:
            if not job.done() or (error := job.exception()) is None or in_words(error) in self._said:
                continue
            self._said.add(in_words(error))
            emit("warning", message=f"push_to_hub: a checkpoint was not pushed: got {in_words(error)}. Training goes on.")


def push(trainer: Trainer, model: Path) -> None:
    """Pushes the trained model, which is saved already; raises RuntimeError that says how to push it by hand."""
    if not trainer.args.push_to_hub:
        return
    try:
        trainer.push_to_hub(commit_message="Model save")
    except Exception as error:
        raise RuntimeError(
            f"--set push_to_hub: got {in_words(error)}, expected to push the model. It is whole in {model}: once the hub "
            f"answers, hf upload {trainer.hub_model_id} {model} --private, or the same command with --resume."
        ) from error


def in_words(error: BaseException) -> str:
    """The hub's error on one line, without the pages that httpx recommends."""
    lines = [line.strip() for line in str(error).splitlines()]
    return " ".join(line for line in lines if line and not line.startswith("For more information")) or type(error).__name__
