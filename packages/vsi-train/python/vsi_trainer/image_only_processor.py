"""Processors without their video half.

Qwen2-VL's family of processors refuses to build without a video processor, and that one needs torchvision. Here a
video is always passed as its frames, so the video half is never used. This file imports nothing of ours: a saved model
carries a copy of it (auto_map), so that others can load the folder with trust_remote_code.
"""

from transformers import ProcessorMixin
from transformers.models.qwen2_vl.processing_qwen2_vl import Qwen2VLProcessor


class _ImageOnly:
    """Narrows the constructor: ProcessorMixin asks for exactly the parts that the constructor's signature names."""

    def __init__(self, image_processor=None, tokenizer=None, chat_template=None, **kwargs):
        super().__init__(image_processor, tokenizer, None, chat_template=chat_template)


class Qwen2VLImageOnlyProcessor(_ImageOnly, Qwen2VLProcessor):
    """Qwen2-VL's processor for images alone; the tiny model's."""

    # Each folder it is saved to gets the copy, those of trained models too: without it a server drops their images.
    _auto_class = "AutoProcessor"


def image_only(family: type[ProcessorMixin]) -> type[ProcessorMixin]:
    """The image-only form of a processor class; it keeps the name, so what it saves loads with the stock class too."""
    return type(family.__name__, (_ImageOnly, family), {})
