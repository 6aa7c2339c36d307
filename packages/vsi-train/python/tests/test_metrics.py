import importlib
import inspect

import pytest
import transformers
from vsi_trainer.metrics import NAMES, rename_metrics

# Logged by transformers' Trainer, or by TRL under a name that it puts together.
FROM_TRAINER = {"epoch", "loss", "learning_rate", "grad_norm"}
# The reward function's own (rewards.py), by TRL's log_metric.
OURS = {"reward_format", "reward_accuracy", "reward_guards"}


def test_no_two_metrics_get_the_same_name():
    assert len(set(NAMES.values())) == len(NAMES)


@pytest.mark.parametrize("name", sorted(NAMES.keys() - FROM_TRAINER - OURS))
def test_trl_still_logs_it_under_this_name(name):
    # A metric that TRL renames would vanish from reports and alarms without a word.
    sources = [
        inspect.getsource(importlib.import_module(f"trl.trainer.{method}_trainer")) for method in ("grpo", "sft", "dpo")
    ]
    assert any(f'"{name}"' in source for source in sources)


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
