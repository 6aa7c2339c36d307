from types import SimpleNamespace

import pytest
import torch
from vsi_trainer.checks import check_first_batch, check_image_tokens

IMAGE = 7
WIDTH = 4


class Model(torch.nn.Module):
    """What the checks see of an image-text model: features of one token a row of pixel_values."""

    def __init__(self, shape="flat", **config):
        super().__init__()
        self.config = SimpleNamespace(**(config or {"image_token_id": IMAGE}))
        self.shape = shape
        self.asked = 0

    def get_image_features(self, pixel_values, image_grid_thw=None):
        self.asked += 1
        features = torch.zeros(len(pixel_values), WIDTH)
        if self.shape == "list":
            return [features[:1], features[1:]]
        if self.shape == "pooled":
            return SimpleNamespace(pooler_output=features)
        return features if self.shape == "flat" else features.reshape(1, -1, WIDTH)

    def forward(self, **_):
        return None


def batch(tokens: int, features: int) -> dict:
    ids = torch.tensor([[1, *[IMAGE] * tokens, 2]])
    return {"input_ids": ids, "attention_mask": torch.ones_like(ids), "pixel_values": torch.zeros(features, 3)}


@pytest.mark.parametrize("shape", ["flat", "list", "pooled", "an image a row"])
def test_features_are_counted_in_every_form_that_models_give_them_in(shape):
    assert check_image_tokens(Model(shape), batch(5, 5)) == (5, 5)


def test_models_that_call_the_token_an_index_and_adapters_are_looked_through():
    model = Model(image_token_index=IMAGE)
    assert check_image_tokens(SimpleNamespace(get_base_model=lambda: model), batch(2, 2)) == (2, 2)


@pytest.mark.parametrize(("tokens", "features"), [(4, 5), (5, 4), (0, 0), (0, 3), (3, 0)])
def test_dropped_images_stop_the_run(tokens, features):
    with pytest.raises(RuntimeError, match=f"got {tokens} image tokens in the text and {features} image features"):
        check_image_tokens(Model(), batch(tokens, features))


def test_text_without_pixels_stops_the_run():
    with pytest.raises(RuntimeError, match="0 image features"):
        check_image_tokens(Model(), {**batch(3, 3), "pixel_values": None})
    with pytest.raises(RuntimeError, match="0 image features"):
        check_image_tokens(Model(), {"input_ids": batch(3, 3)["input_ids"]})


def test_the_first_batch_that_learns_is_looked_at_once():
    model = Model()
    check_first_batch(model)
    with torch.no_grad():
        # Generation and the reference model: single tokens without images.
        model(input_ids=torch.tensor([[1]]))
    assert model.asked == 0
    model(**batch(2, 2))
    model(**batch(2, 1))
    assert model.asked == 1


def test_a_first_batch_without_its_images_stops_the_run():
    model = Model()
    check_first_batch(model)
    with pytest.raises(RuntimeError, match="Image check"):
        model(**batch(2, 1))
