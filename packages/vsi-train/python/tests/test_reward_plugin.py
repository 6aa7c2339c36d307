import hashlib
import math
from pathlib import Path
from types import SimpleNamespace

import pytest
from vsi_trainer import grpo
from vsi_trainer.reward_plugin import load_plugin


def plugin(folder: Path, code: str) -> dict[str, str]:
    path = folder / "mine.py"
    path.write_text(code, encoding="utf-8")
    return {"file": str(path), "name": "reward", "sha256": hashlib.sha256(code.encode()).hexdigest()}


def test_it_gets_what_trl_gives_and_is_named_for_the_metric(tmp_path):
    code = "def reward(completions, ground_truth, **columns):\n    return [c == t for c, t in zip(completions, ground_truth)]"
    loaded = load_plugin(**plugin(tmp_path, code))
    assert loaded.__name__ == "reward_plugin"
    assert loaded(prompts=[[]] * 2, completions=["4", "5"], ground_truth=["4", "4"], trainer_state=None) == [1.0, 0.0]


def test_no_opinion_stays_none(tmp_path):
    assert load_plugin(**plugin(tmp_path, "def reward(**columns):\n    return [None, 1]"))(completions=["", ""]) == [None, 1.0]


@pytest.mark.parametrize(
    ("result", "words"), [("[1.0]", "got 1 rewards, expected 2"), ("[1.0, float('nan')]", "got the reward nan"), ("[1, 1e999]", "inf")]
)
def test_rewards_that_trl_would_take_silently_are_refused(tmp_path, result, words):
    loaded = load_plugin(**plugin(tmp_path, f"def reward(completions, **columns):\n    return {result}"))
    with pytest.raises(ValueError, match=words):
        loaded(completions=["a", "b"])


def test_a_file_changed_since_the_run_began_is_refused(tmp_path):
    given = plugin(tmp_path, "def reward(**columns): return []")
    Path(given["file"]).write_text("def reward(**columns): return [1]", encoding="utf-8")
    with pytest.raises(ValueError, match="was changed since the run began"):
        load_plugin(**given)


@pytest.mark.parametrize(("given", "weight"), [({"weight": 0.5}, 0.5), ({}, 1.0)])
def test_its_weight_is_trls_own(tmp_path, monkeypatch, given, weight):
    monkeypatch.setattr(grpo, "RewardWorker", lambda command: None)
    monkeypatch.setattr(grpo, "GRPOTrainer", lambda **arguments: arguments)
    settings = SimpleNamespace(reward_command=[], reward_plugin={**plugin(tmp_path, "def reward(**columns): return []"), **given})
    config, model = SimpleNamespace(generation_kwargs=None), SimpleNamespace(config=SimpleNamespace())
    made = grpo.make_trainer(settings, None, None, args=config, model=model)
    assert len(made["reward_funcs"]) == 2
    assert made["args"].reward_weights == [1.0, weight]


@pytest.mark.parametrize("code", ["def other(): pass", "reward = 1", "async def reward(**columns): return []"])
def test_a_file_without_the_function_is_refused(tmp_path, code):
    with pytest.raises(ValueError, match="has no function reward"):
        load_plugin(**plugin(tmp_path, code))
