"""JSONL rows to a datasets.Dataset, and a row's prompt to tokens."""

import json
from pathlib import Path
from typing import Any

from datasets import Dataset, Image, List
from transformers import BatchFeature, ProcessorMixin
from trl import prepare_multimodal_messages


def read_rows(path: Path) -> Dataset:
    """Reads one row a line.

    `images` holds paths and is opened as PIL images only when a row is taken: a dataset's frames do not fit in memory.
    Raises ValueError with file and line for a line that is not a JSON object, and for a file without rows.
    """
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
            rows.append(row)
    if not rows:
        raise ValueError(f"{path}: got no rows, expected at least one. Is the dataset empty, or filtered to nothing?")
    return Dataset.from_list(rows).cast_column("images", List(Image()))


def encode_prompt(processor: ProcessorMixin, prompt: list[dict[str, Any]], images: list) -> BatchFeature:
    """A prompt as TRL gives it to the model: images first in the user's message, one row of tensors."""
    messages = prepare_multimodal_messages(prompt, images=images)
    return processor.apply_chat_template(
        [messages], add_generation_prompt=True, tokenize=True, return_dict=True, return_tensors="pt"
    )
