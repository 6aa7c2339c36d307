"""JSONL rows to a datasets.Dataset, and a row's prompt to tokens."""

import json
from pathlib import Path
from typing import Any

from datasets import Dataset
from transformers import BatchFeature, ProcessorMixin
from trl import prepare_multimodal_messages

from .frames import Frames

# The columns that hold what the model reads or writes.
TEXTS = ("prompt", "completion", "chosen", "rejected")


def read_rows(path: Path, processor: ProcessorMixin | None = None) -> Dataset:
    """Reads one row a line.

    `images` holds paths and is opened as PIL images only when a row is taken, shrunk as the processor would: a
    dataset's frames do not fit in memory.
    Raises ValueError with file and line for a line that is not a JSON object, for text that the processor would read as
    a special token, and for a file without rows.
    """
    special = set() if processor is None else special_tokens(processor)
    rows = []
    with path.open(encoding="utf-8") as file:
        for number, line in enumerate(file, start=1):
            if not line.strip():
                continue
            try:
                row = json.loads(line)
            except json.JSONDecodeError as error:
                raise ValueError(f"{path}:{number}: got {error.msg}, expected JSON. Write the rows again.") from error
            if not isinstance(row, dict) or not isinstance(row.get("images"), list):
                raise ValueError(f"{path}:{number}: expected an object with a list of images. Write the rows again.")
            if (token := _find(row, special)) is not None:
                raise ValueError(
                    f"{path}:{number}: question {row.get('id')}: got the text {token}, which this model's tokenizer reads "
                    "as a special token, not as text. Correct the question in the dataset, or leave it out."
                )
            rows.append(row)
    if not rows:
        raise ValueError(f"{path}: got no rows, expected at least one. Is the dataset empty, or filtered to nothing?")
    frames = Frames(processor)

    def opened(batch: dict[str, list]) -> dict[str, list]:
        return {**batch, "images": [[frames.open(path) for path in paths] for paths in batch["images"]]}

    return Dataset.from_list(rows).with_transform(opened)


def special_tokens(processor: ProcessorMixin) -> set[str]:
    """The texts that the tokenizer turns into control tokens wherever they stand.

    Added tokens that are plain words to a model (Qwen3's <think>) are not among them.
    """
    added = getattr(processor.tokenizer, "added_tokens_decoder", {}).values()
    media = (getattr(processor, name, None) for name in ("image_token", "video_token"))
    found = {*processor.tokenizer.all_special_tokens, *(token.content for token in added if token.special), *media}
    return {token for token in found if isinstance(token, str) and token.strip()}


def _find(row: dict[str, Any], special: set[str]) -> str | None:
    texts = [message["content"] for name in TEXTS for message in row.get(name) or [] if isinstance(message, dict)]
    return next((token for text in texts if isinstance(text, str) for token in special if token in text), None)


def encode_prompt(processor: ProcessorMixin, prompt: list[dict[str, Any]], images: list) -> BatchFeature:
    """A prompt as TRL gives it to the model: images first in the user's message, one row of tensors."""
    messages = prepare_multimodal_messages(prompt, images=images)
    return processor.apply_chat_template(
        [messages], add_generation_prompt=True, tokenize=True, return_dict=True, return_tensors="pt"
    )
