"""Writes a tiny random Qwen3-VL with the tiny model's tokenizer: another family with another processor."""

import sys

import torch
from transformers import Qwen3VLConfig, Qwen3VLForConditionalGeneration, Qwen3VLProcessor
from transformers.models.qwen2_vl.image_processing_pil_qwen2_vl import Qwen2VLImageProcessorPil
from vsi_trainer.image_only_processor import image_only
from vsi_trainer.tiny_model import CHAT_TEMPLATE, PIXELS, _config, _tokenizer

tokenizer = _tokenizer()
tiny = _config(tokenizer).to_dict()
text = {name: value for name, value in tiny["text_config"].items() if name not in ("model_type", "architectures")}
config = Qwen3VLConfig(
    text_config={**text, "head_dim": 32},
    vision_config={
        "depth": 2,
        "hidden_size": 64,
        "num_heads": 4,
        "intermediate_size": 128,
        "out_hidden_size": text["hidden_size"],
        "patch_size": 16,
        "num_position_embeddings": 64,
        "deepstack_visual_indexes": [0],
    },
    tie_word_embeddings=True,
    **{name: value for name, value in tiny.items() if name.endswith("_token_id")},
)
torch.manual_seed(0)
model = Qwen3VLForConditionalGeneration(config)
model.generation_config.eos_token_id = tokenizer.eos_token_id
model.generation_config.pad_token_id = tokenizer.pad_token_id
model.save_pretrained(sys.argv[1])
images = Qwen2VLImageProcessorPil(size=PIXELS, patch_size=16)
image_only(Qwen3VLProcessor)(images, tokenizer, chat_template=CHAT_TEMPLATE).save_pretrained(sys.argv[1])
