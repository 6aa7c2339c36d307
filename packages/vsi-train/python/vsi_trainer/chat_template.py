"""Makes sure that a model's chat template leaves answers as they are.

The templates of reasoning models do not: Qwen3-VL-Thinking's opens <think> in the prompt, so that no completion begins
with the tag that it is rewarded for, and Qwen3's takes the reasoning out of an answer and writes it anew.
"""

import re
from typing import Any

from transformers import ProcessorMixin
from trl import prepare_multimodal_messages

ANSWERS = ("completion", "chosen", "rejected")
WITHOUT = "Choose a model that does not reason by itself, such as the family's Instruct, or another --mode."


def check_chat_template(processor: ProcessorMixin, row: dict[str, Any]) -> None:
    """Raises ValueError, in the words of the flag, for a row whose answers the template would change."""
    prompt = _rendered(processor, row["prompt"], row, add_generation_prompt=True)
    opened = re.search(r"<(think|observe)>\s*$", prompt)
    if opened is not None and row.get("mode", "vanilla") != "vanilla":
        raise ValueError(
            f"--model: its chat template ends the prompt with <{opened[1]}>, got --mode {row['mode']}, whose completions "
            f"open their tags themselves: no form could be rewarded. {WITHOUT}"
        )
    for answer in (row[name] for name in ANSWERS if name in row):
        text = answer[0]["content"]
        if text not in _rendered(processor, [*row["prompt"], *answer], row, add_generation_prompt=False):
            raise ValueError(
                f"--model: its chat template does not keep the answer {text!r} as it is, and another one would be "
                f"learnt. {WITHOUT}"
            )


def _rendered(processor: ProcessorMixin, messages: list, row: dict[str, Any], *, add_generation_prompt: bool) -> str:
    # A copy each: TRL puts the images into the messages that it is given.
    messages = prepare_multimodal_messages([dict(message) for message in messages], images=row["images"])
    return processor.apply_chat_template(messages, add_generation_prompt=add_generation_prompt, tokenize=False)
