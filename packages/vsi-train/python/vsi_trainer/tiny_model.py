"""`python -m vsi_trainer.tiny_model OUT --seed N`: a Qwen2-VL of 0.7 M random parameters.

It is there to try everything without a GPU or a hub. The same seed gives the same bytes. Other programs load it with
transformers and trust_remote_code=True, which the copy of the image-only processor in the folder needs.
"""

import argparse
from pathlib import Path

import torch
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
from transformers import PreTrainedTokenizerFast, Qwen2VLConfig, Qwen2VLForConditionalGeneration
from transformers.models.qwen2_vl.image_processing_pil_qwen2_vl import Qwen2VLImageProcessorPil

from .image_only_processor import Qwen2VLImageOnlyProcessor

# Qwen2-VL's names.
END_OF_TEXT = "<|endoftext|>"
END_OF_TURN = "<|im_end|>"
OTHER_SPECIAL_TOKENS = [
    "<|im_start|>",
    *("<|vision_start|>", "<|vision_end|>", "<|vision_pad|>", "<|image_pad|>", "<|video_pad|>"),
]

# ChatML as Qwen2-VL writes it, without its default system prompt and without videos.
CHAT_TEMPLATE = (
    "{% for message in messages %}<|im_start|>{{ message['role'] }}\n"
    "{% if message['content'] is string %}{{ message['content'] }}{% else %}{% for part in message['content'] %}"
    "{% if part['type'] == 'image' %}<|vision_start|><|image_pad|><|vision_end|>"
    "{% elif 'text' in part %}{{ part['text'] }}{% endif %}{% endfor %}{% endif %}<|im_end|>\n{% endfor %}"
    "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)

# What the tokenizer learns its merges from: words that spatial questions use, so that a prompt is some tens of tokens
# and not hundreds. Numbers are left out on purpose: one token a digit.
CORPUS = (
    "<think> </think> <answer> </answer> <observe> </observe> user assistant system",
    "How many chair(s) are in this room? What is the size of this room (in square meters)?",
    "What is the distance between the table and the bed (in meters)? Which of these is the closest to the sofa?",
    "If I am standing by the sink and facing the door, is the cabinet to the left or the right of the door?",
    "What is the length of the longest dimension (length, width, or height) of the desk, measured in centimeters?",
    "Please provide the short answer with one or two words or a number.",
    "Please answer the question using a single word or phrase.",
    "Please think step by step and observe carefully the video.",
)

# 256 bytes, the special tokens, and 168 merges.
VOCABULARY = 432
HIDDEN = 128
HEADS = 4
# The three parts of a rotary position (time, height, width) fill half a head: 16 pairs.
ROTARY_PARTS = [4, 6, 6]
# 4 to 64 image tokens a frame: patches of 14 pixels, merged two by two.
PIXELS = {"shortest_edge": 56 * 56, "longest_edge": 224 * 224}


def make_tiny_model(out: Path, seed: int) -> None:
    """Writes weights, configuration, tokenizer and processor to the folder."""
    tokenizer = _tokenizer()
    torch.manual_seed(seed)
    model = Qwen2VLForConditionalGeneration(_config(tokenizer))
    model.generation_config.eos_token_id = tokenizer.eos_token_id
    model.generation_config.pad_token_id = tokenizer.pad_token_id
    model.save_pretrained(out)
    processor = Qwen2VLImageOnlyProcessor(Qwen2VLImageProcessorPil(size=PIXELS), tokenizer, chat_template=CHAT_TEMPLATE)
    processor.save_pretrained(out)


def _tokenizer() -> PreTrainedTokenizerFast:
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.Digits(individual_digits=True), pre_tokenizers.ByteLevel(add_prefix_space=False)]
    )
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=VOCABULARY,
        special_tokens=[END_OF_TEXT, END_OF_TURN, *OTHER_SPECIAL_TOKENS],
        initial_alphabet=sorted(pre_tokenizers.ByteLevel.alphabet()),
        show_progress=False,
    )
    tokenizer.train_from_iterator(CORPUS, trainer)
    return PreTrainedTokenizerFast(
        tokenizer_object=tokenizer,
        eos_token=END_OF_TURN,
        pad_token=END_OF_TEXT,
        extra_special_tokens=OTHER_SPECIAL_TOKENS,
        model_max_length=4096,
    )


def _config(tokenizer: PreTrainedTokenizerFast) -> Qwen2VLConfig:
    token = tokenizer.convert_tokens_to_ids
    ends = {
        "bos_token_id": token(END_OF_TEXT),
        "eos_token_id": token(END_OF_TURN),
        "pad_token_id": token(END_OF_TEXT),
    }
    return Qwen2VLConfig(
        text_config={
            "vocab_size": len(tokenizer),
            "hidden_size": HIDDEN,
            "intermediate_size": 3 * HIDDEN,
            "num_hidden_layers": 2,
            "num_attention_heads": HEADS,
            "num_key_value_heads": 2,
            "max_position_embeddings": 4096,
            "rope_parameters": {"rope_type": "default", "mrope_section": ROTARY_PARTS, "rope_theta": 10000.0},
            **ends,
        },
        vision_config={
            "depth": 1,
            "embed_dim": 64,
            "hidden_size": HIDDEN,
            "num_heads": 4,
            "mlp_ratio": 2,
            "patch_size": 14,
            "spatial_merge_size": 2,
            "temporal_patch_size": 2,
        },
        image_token_id=token("<|image_pad|>"),
        video_token_id=token("<|video_pad|>"),
        vision_start_token_id=token("<|vision_start|>"),
        vision_end_token_id=token("<|vision_end|>"),
        tie_word_embeddings=True,
        **ends,
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="vsi_trainer.tiny_model", description="Writes a tiny random Qwen2-VL.")
    parser.add_argument("out", type=Path)
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    make_tiny_model(arguments.out, arguments.seed)
