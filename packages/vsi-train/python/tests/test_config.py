from functools import cached_property

import pytest
from transformers import TrainingArguments
from trl import DPOConfig, GRPOConfig, SFTConfig
from vsi_trainer import config
from vsi_trainer.config import check_given


def test_settings_of_every_kind_that_fit_are_taken():
    check_given(
        GRPOConfig,
        {
            "loss_type": "dapo",
            "epsilon_high": 0.28,
            "temperature": 1,
            "max_completion_length": 256,
            "lr_scheduler_type": "cosine",
            "lr_scheduler_kwargs": {"num_cycles": 2},
            "report_to": "none",
            "delta": None,
            "dataloader_num_workers": 4,
            "model_init_kwargs": {"attn_implementation": "flash_attention_2"},
        },
    )


def test_regression_a_lone_process_on_eight_gpus_trained_on_eight_batches_by_data_parallel(monkeypatch, make_settings, emitted):
    devices = TrainingArguments._setup_devices

    def of_a_host_with_eight(self):
        device = devices.func(self)
        self._n_gpu = 8
        return device

    property_of_eight = cached_property(of_a_host_with_eight)
    property_of_eight.__set_name__(TrainingArguments, "_setup_devices")
    monkeypatch.setattr(TrainingArguments, "_setup_devices", property_of_eight)
    trainer = {"use_cpu": True, "bf16": False, "per_device_train_batch_size": 4}
    # What it does without us.
    assert SFTConfig(output_dir="unused", **trainer).train_batch_size == 32
    made = config.make_config(make_settings(method="sft", trainer=trainer))
    assert (made.n_gpu, made.train_batch_size, made.parallel_mode.name) == (1, 4, "NOT_PARALLEL")
    # Regression: that seven GPUs idle stood in the log alone.
    assert emitted() == [{"event": "warning", "message": "one of 8 GPUs is used; --processes 8 uses all of them."}]


def test_regression_more_processes_than_gpus_were_told_of_an_invalid_device_ordinal(monkeypatch, make_settings):
    monkeypatch.setattr(config.torch.cuda, "is_available", lambda: True)
    monkeypatch.setattr(config.torch.cuda, "device_count", lambda: 4)
    monkeypatch.setenv("LOCAL_WORLD_SIZE", "8")
    with pytest.raises(ValueError, match="--processes: got 8, expected 4 at most: a process takes a GPU of its own"):
        config.make_config(make_settings(trainer={"bf16": False}))


def test_regression_a_tracker_without_its_package_was_found_out_once_the_model_was_loaded(monkeypatch):
    monkeypatch.setattr(config, "get_available_reporting_integrations", lambda: ["tensorboard"])
    check_given(GRPOConfig, {"report_to": ["tensorboard"]})
    check_given(GRPOConfig, {"report_to": "none"})
    check_given(GRPOConfig, {"report_to": None})
    with pytest.raises(ValueError, match=r"--set report_to: got wandb, whose package .*python\S* -m pip install wandb$"):
        check_given(GRPOConfig, {"report_to": ["tensorboard", "wandb"]})
    with pytest.raises(ValueError, match=r"--set report_to: got wandbb, expected all, none, .* Did you mean wandb\?"):
        check_given(GRPOConfig, {"report_to": "wandbb"})


def test_regression_a_missing_token_for_the_hub_was_found_out_once_the_model_was_loaded(monkeypatch):
    monkeypatch.setattr(config, "get_token", lambda: None)
    check_given(GRPOConfig, {"push_to_hub": False})
    with pytest.raises(ValueError, match=r"--set push_to_hub: got no token for the hub, expected one in HF_TOKEN"):
        check_given(GRPOConfig, {"push_to_hub": True})
    monkeypatch.setattr(config, "get_token", lambda: "secret")
    check_given(GRPOConfig, {"push_to_hub": True})


def test_a_misspelt_setting_is_refused_with_the_near_one():
    with pytest.raises(ValueError, match=r"--set: got los_type, expected a setting of TRL's GRPOConfig\. Did you mean loss_type\?"):
        check_given(GRPOConfig, {"los_type": "dapo"})


def test_regression_initials_and_unfit_values_named_no_way_out():
    with pytest.raises(ValueError, match=r"got lst, expected .* Did you mean lr_scheduler_type\? This lists all, .* -m pydoc trl\.GRPOConfig$"):
        check_given(GRPOConfig, {"lst": "cosine"})
    with pytest.raises(ValueError, match=r"got zzz, expected a setting of TRL's SFTConfig\. This lists all, .* -m pydoc trl\.SFTConfig$"):
        check_given(SFTConfig, {"zzz": 1})
    with pytest.raises(ValueError, match=r"--set temperature: got 'hot', .* -m pydoc trl\.GRPOConfig$"):
        check_given(GRPOConfig, {"temperature": "hot"})


def test_a_setting_of_another_method_is_refused():
    check_given(GRPOConfig, {"epsilon_high": 0.28})
    for config_class in (SFTConfig, DPOConfig):
        with pytest.raises(ValueError, match=f"expected a setting of TRL's {config_class.__name__}"):
            check_given(config_class, {"epsilon_high": 0.28})


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("temperature", "hot", "expected a number"),
        ("max_completion_length", 1.5, "expected a whole number or null"),
        ("dataloader_num_workers", True, "expected a whole number"),
        ("push_to_hub", "yes", "expected true or false"),
        ("loss_type", 3, "expected a text"),
        ("report_to", 7, "expected null or a text or a list"),
    ],
)
def test_a_value_of_another_type_is_refused_with_what_fits(name, value, words):
    with pytest.raises(ValueError, match=f"--set {name}: got .*{words}"):
        check_given(GRPOConfig, {name: value})
