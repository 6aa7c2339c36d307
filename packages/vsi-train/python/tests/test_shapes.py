import pytest
import torch
from transformers import AutoModelForImageTextToText
from vsi_trainer.shapes import TEXT, shape_config, shape_processor

# Billions of weights by the models' own pages; dryRun/memory.ts has the same.
WEIGHTS = dict(zip(TEXT, (2.2, 8.3, 3.8, 8.3, 2.1, 4.4, 8.8), strict=True))


@pytest.mark.parametrize("name", TEXT)
def test_the_shapes_have_the_models_weights(name):
    with torch.device("meta"):
        model = AutoModelForImageTextToText.from_config(shape_config(name))
    assert round(sum(weight.numel() for weight in model.parameters()) / 1e9, 1) == WEIGHTS[name]


def test_a_frame_is_as_many_tokens_as_pixels_say():
    for name, side in (("Qwen/Qwen2-VL-2B-Instruct", 28), ("Qwen/Qwen3-VL-2B-Instruct", 32)):
        images = shape_processor(shape_config(name)).image_processor
        assert images.patch_size * images.merge_size == side


def test_an_unknown_model_is_named():
    with pytest.raises(ValueError, match=r"model: got someone/else, expected one whose shape is known: tiny, Qwen"):
        shape_config("someone/else")
