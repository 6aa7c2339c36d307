import importlib
import inspect

import pytest
import transformers
from vsi_trainer.metrics import COUNT, NAMES, SUM, rename_metrics

# Logged by transformers' Trainer, or by TRL under a name that it puts together.
FROM_TRAINER = {"epoch", "loss", "learning_rate", "grad_norm"}
# The reward function's own (rewards.py), by TRL's log_metric.
OURS = {"reward_format", "reward_accuracy", "reward_guards", "reward_length"}
# TRL puts a reward function's name into it.
BY_FUNCTION = "rewards/reward_plugin/mean"


def test_no_two_metrics_get_the_same_name():
    assert len(set(NAMES.values())) == len(NAMES)


@pytest.mark.parametrize("name", sorted(NAMES.keys() - FROM_TRAINER - OURS - {BY_FUNCTION}))
def test_trl_still_logs_it_under_this_name(name):
    # A metric that TRL renames would vanish from reports and alarms without a word.
    sources = [
        inspect.getsource(importlib.import_module(f"trl.trainer.{method}_trainer")) for method in ("grpo", "sft", "dpo")
    ]
    assert any(f'"{name}"' in source for source in sources)


def test_trl_still_names_a_reward_by_its_function():
    source = inspect.getsource(importlib.import_module("trl.trainer.grpo_trainer"))
    assert 'f"rewards/{reward_func_name}/mean"' in source


def test_a_types_accuracy_is_that_of_all_its_answers_whatever_the_batches():
    # TRL's means over two batches: 3 of 3 right, then 0 of 1.
    logs = {SUM + "object_counting": 1.5, COUNT + "object_counting": 2.0, SUM + "route": 0.0, COUNT + "route": 0.0}
    assert rename_metrics(logs) == {"accuracy/object_counting": 0.75}
    assert rename_metrics({f"eval_{name}": value for name, value in logs.items()}, "eval_") == rename_metrics(logs)


def test_transformers_still_logs_it_under_this_name():
    source = inspect.getsource(transformers.trainer) + inspect.getsource(transformers.trainer_callback)
    assert [name for name in sorted(FROM_TRAINER) if f'"{name}"' not in source] == []


def test_metrics_of_held_out_rows_get_the_names_of_training():
    logs = {name: float(at) for at, name in enumerate(NAMES)}
    held_out = {f"eval_{name}": value for name, value in logs.items()}
    assert rename_metrics(held_out, "eval_") == rename_metrics(logs) != {}
    # What has no prefix belongs to training: an evaluation's log holds both.
    assert rename_metrics({**held_out, "loss": -1.0}, "eval_") == rename_metrics(logs)
    assert rename_metrics({**logs, "completions/min_length": 1.0, "eval_kl": 1.0}) == rename_metrics(logs)
