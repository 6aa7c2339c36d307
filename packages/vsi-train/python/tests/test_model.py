from types import SimpleNamespace

import pytest
import torch
from transformers import PreTrainedModel
from transformers.models.qwen2_vl.configuration_qwen2_vl import Qwen2VLVisionConfig
from vsi_trainer.config import make_config, make_lora
from vsi_trainer.model import set_pixels, stop_tower_gradients


class Size(dict):
    """As transformers' SizeDict: made from names, read as a mapping."""


class OlderImages:
    def __init__(self):
        self.min_pixels, self.max_pixels = 100, 900
        self.size = Size(shortest_edge=100, longest_edge=900)


class NewerImages:
    valid_kwargs = type("Kwargs", (), {"__annotations__": {"min_pixels": int, "max_pixels": int}})

    def __init__(self):
        self.size = Size(shortest_edge=100, longest_edge=900)


@pytest.mark.parametrize("family", [OlderImages, NewerImages])
def test_limits_of_pixels_reach_older_and_newer_image_processors(family):
    images = family()
    set_pixels(SimpleNamespace(image_processor=images), {"min": None, "max": 400})
    assert images.size == {"shortest_edge": 100, "longest_edge": 400}
    assert getattr(images, "max_pixels", 400) == 400
    set_pixels(SimpleNamespace(image_processor=images), {"min": 200, "max": None})
    assert images.size == {"shortest_edge": 200, "longest_edge": 400}


def test_vllm_is_refused_with_why_and_until_when(make_settings):
    with pytest.raises(ValueError, match="TRL issue 6294.*until TRL has the fix"):
        make_config(make_settings(method="grpo", trainer={"use_vllm": True, "use_cpu": True, "bf16": False}))


def test_a_preset_for_gpus_says_on_a_cpu_what_to_use_instead(make_settings, monkeypatch):
    """Regression: transformers said to assign use_cpu, which is no flag of vsi-train."""
    monkeypatch.setattr("vsi_trainer.config.is_torch_bf16_gpu_available", lambda: False)
    with pytest.raises(ValueError, match="--preset tiny with a model of vsi-train tiny-model"):
        make_config(make_settings(method="sft", trainer={"bf16": True}))
    assert make_config(make_settings(method="sft", trainer={"bf16": True, "use_cpu": True})).bf16


def test_an_image_processor_without_limits_is_refused_where_one_is_asked_for():
    fixed = SimpleNamespace(image_processor=SimpleNamespace(size=Size(height=224, width=224)))
    set_pixels(fixed, {"min": None, "max": None})
    assert fixed.image_processor.size == {"height": 224, "width": 224}
    with pytest.raises(ValueError, match="has no such limit"):
        set_pixels(fixed, {"max": 400})


@pytest.mark.parametrize("method", ["grpo", "sft", "dpo"])
def test_settings_become_trls_configuration(tmp_path, make_settings, method):
    trainer = {"use_cpu": True, "bf16": False, "learning_rate": 1, "max_steps": 2, "save_steps": 3}
    settings = make_settings(method=method, trainer=trainer, model_revision="abc", reward_command=["never-run"])
    config = make_config(settings, logging_steps=5)
    # JSON has no 1.0: a whole number where TRL wants a fraction becomes one, and steps stay whole.
    assert (type(config.learning_rate), type(config.max_steps), type(config.save_steps)) == (float, int, int)
    assert config.model_init_kwargs == {"revision": "abc"}
    assert config.output_dir == str(tmp_path / "checkpoints")
    assert (config.logging_steps, config.logging_nan_inf_filter, list(config.report_to)) == (5, False, [])


def test_an_adapter_that_is_trained_on_takes_no_new_one(make_settings):
    assert make_lora(make_settings(adapter="/adapter")) is None
    assert make_lora(make_settings(lora={"r": 4, "lora_alpha": 8})).r == 4
    with pytest.raises(ValueError, match="lora and adapter: got both"):
        make_lora(make_settings(lora={"r": 4}, adapter="/adapter"))


class Tower(PreTrainedModel):
    config_class = Qwen2VLVisionConfig

    def __init__(self, config):
        super().__init__(config)
        self.patches = torch.nn.Linear(4, 4)

    def forward(self, values):
        return 2 * self.patches(values)


class Model(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.config = SimpleNamespace(vision_config=Qwen2VLVisionConfig())
        self.visual = Tower(self.config.vision_config)
        self.head = torch.nn.Linear(4, 1)

    def forward(self, values):
        return self.head(self.visual(values))


def test_a_frozen_vision_tower_is_not_propagated_through_and_a_trained_one_is():
    model = Model()
    # As gradient checkpointing makes it, by enable_input_require_grads.
    model.visual.patches.register_forward_hook(lambda _module, _inputs, output: output.requires_grad_(True))
    assert not stop_tower_gradients(model)
    model.visual.requires_grad_(False)
    assert model.visual(torch.ones(2, 4)).requires_grad
    assert stop_tower_gradients(model)
    assert not model.visual(torch.ones(2, 4)).requires_grad
    model(torch.ones(2, 4)).sum().backward()
    assert model.head.weight.grad is not None
