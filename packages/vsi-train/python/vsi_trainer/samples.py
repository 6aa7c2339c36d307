"""Completions to show beside the curves: what the numbers mean is seen in the text."""

from typing import Any

from .events import emit


class Samples:
    """Keeps the first completions of the latest generated batch of this process."""

    def __init__(self, count: int) -> None:
        self._count = count
        self._kept: list[dict[str, Any]] = []

    def keep(self, ids: list[str], prompts: list, completions: list[str], rewards: list[dict[str, Any]]) -> None:
        """Takes a batch; all lists have one entry a completion."""
        batch = list(zip(ids, prompts, completions, rewards, strict=True))[: self._count]
        self._kept = [
            {"id": id, "prompt": _text(prompt), "completion": completion, "reward": reward}
            for id, prompt, completion, reward in batch
        ]

    def emit(self, step: int) -> None:
        """Reports what is kept."""
        for sample in self._kept:
            emit("sample", step=step, **sample)


def _text(messages: list[dict[str, Any]]) -> str:
    parts = [
        [{"text": message["content"]}] if isinstance(message["content"], str) else message["content"]
        for message in messages
    ]
    return "\n".join(part["text"] for message in parts for part in message if part.get("text"))
