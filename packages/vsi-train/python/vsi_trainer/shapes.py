"""Models of the presets' true shapes with random weights: what a run costs is known before anything is downloaded.

The widths are those of the models' public configurations. The tokenizer is the tiny model's, so a prompt's words are a
few more tokens; frames, which are nearly all of a prompt, are as many tokens as with the real one.
"""

from typing import Any

import torch
from transformers import (
    AutoModelForImageTextToText,
    PreTrainedConfig,
    PreTrainedModel,
    Qwen2_5_VLConfig,
    Qwen2VLConfig,
    Qwen3VLConfig,
)
from transformers.models.qwen2_vl.image_processing_pil_qwen2_vl import Qwen2VLImageProcessorPil

from .image_only_processor import Qwen2VLImageOnlyProcessor
from .tiny_model import CHAT_TEMPLATE, _config, _tokenizer

# Language model: hidden, intermediate, layers, heads, key-value heads, words; then whether embeddings are shared.
TEXT = {
    "Qwen/Qwen2-VL-2B-Instruct": (1536, 8960, 28, 12, 2, 151_936, True),
    "Qwen/Qwen2-VL-7B-Instruct": (3584, 18_944, 28, 28, 4, 152_064, False),
    "Qwen/Qwen2.5-VL-3B-Instruct": (2048, 11_008, 36, 16, 2, 151_936, True),
    "Qwen/Qwen2.5-VL-7B-Instruct": (3584, 18_944, 28, 28, 4, 152_064, False),
    "Qwen/Qwen3-VL-2B-Instruct": (2048, 6144, 28, 16, 8, 151_936, True),
    "Qwen/Qwen3-VL-4B-Instruct": (2560, 9728, 36, 32, 8, 151_936, True),
    "Qwen/Qwen3-VL-8B-Instruct": (4096, 12_288, 36, 32, 8, 151_936, False),
}
# Qwen3-VL's vision towers: depth, hidden, intermediate, layers handed on.
QWEN3_TOWERS = {
    "Qwen/Qwen3-VL-2B-Instruct": (24, 1024, 4096, [5, 11, 17]),
    "Qwen/Qwen3-VL-4B-Instruct": (24, 1024, 4096, [5, 11, 17]),
    "Qwen/Qwen3-VL-8B-Instruct": (27, 1152, 4304, [8, 16, 24]),
}
TINY = "tiny"


def shape_config(name: str) -> PreTrainedConfig:
    """The configuration of a model by its hub name, or of the tiny model. Raises ValueError for another name."""
    tiny = _config(_tokenizer())
    if name == TINY:
        return tiny
    if name not in TEXT:
        raise ValueError(f"model: got {name}, expected one whose shape is known: {', '.join([TINY, *TEXT])}.")
    hidden, intermediate, layers, heads, key_heads, words, is_shared = TEXT[name]
    family, vision, rotary = _family(name, hidden)
    ends = {"eos_token_id": tiny.text_config.eos_token_id, "pad_token_id": tiny.text_config.pad_token_id}
    text = {
        "vocab_size": words,
        "hidden_size": hidden,
        "intermediate_size": intermediate,
        "num_hidden_layers": layers,
        "num_attention_heads": heads,
        "num_key_value_heads": key_heads,
        "max_position_embeddings": 32_768,
        "rope_parameters": {"rope_type": "default", "rope_theta": 1e6, **rotary},
        "tie_word_embeddings": is_shared,
        **({"head_dim": 128} if family is Qwen3VLConfig else {}),
        **ends,
    }
    media = ("image_token_id", "video_token_id", "vision_start_token_id", "vision_end_token_id")
    places = {token: getattr(tiny, token) for token in media}
    return family(text_config=text, vision_config=vision, tie_word_embeddings=is_shared, **places)


def _family(name: str, hidden: int) -> tuple[type[PreTrainedConfig], dict[str, Any], dict[str, Any]]:
    if name in QWEN3_TOWERS:
        depth, width, inner, handed_on = QWEN3_TOWERS[name]
        vision = {
            "depth": depth,
            "hidden_size": width,
            "intermediate_size": inner,
            "out_hidden_size": hidden,
            "deepstack_visual_indexes": handed_on,
        }
        return Qwen3VLConfig, vision, {"mrope_section": [24, 20, 20], "mrope_interleaved": True}
    if "2.5" in name:
        vision = {"hidden_size": 1280, "intermediate_size": 3420, "out_hidden_size": hidden}
        return Qwen2_5_VLConfig, vision, {"mrope_section": [16, 24, 24]}
    return Qwen2VLConfig, {"hidden_size": hidden}, {"mrope_section": [16, 24, 24]}


def random_model(config: PreTrainedConfig, dtype: torch.dtype, device: str) -> PreTrainedModel:
    """The model on the device, with random weights."""
    with torch.device(device):
        model = AutoModelForImageTextToText.from_config(config, dtype=dtype)
    model.generation_config.eos_token_id = config.text_config.eos_token_id
    model.generation_config.pad_token_id = config.text_config.pad_token_id
    return model


def shape_processor(config: PreTrainedConfig) -> Qwen2VLImageOnlyProcessor:
    """A processor that gives a frame as many tokens as the model's own."""
    vision = config.vision_config
    images = Qwen2VLImageProcessorPil(patch_size=vision.patch_size, merge_size=vision.spatial_merge_size)
    tokenizer = _tokenizer()
    tokenizer.padding_side = tokenizer.truncation_side = "left"
    return Qwen2VLImageOnlyProcessor(images, tokenizer, chat_template=CHAT_TEMPLATE)
