import json
from dataclasses import fields
from pathlib import Path

import pytest
from vsi_trainer.settings import Settings, read_settings

REQUIRED = {"method": "sft", "model": "m", "run": "/run", "rows": "/rows.jsonl", "trainer": {"max_steps": 1}}


def read(folder: Path, content: object) -> Settings:
    path = folder / "worker.json"
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return read_settings(path)


def test_null_stands_for_the_default_of_every_setting(tmp_path):
    optional = {item.name: None for item in fields(Settings) if item.name not in REQUIRED}
    assert read(tmp_path, {**REQUIRED, **optional}) == read(tmp_path, REQUIRED)


def test_paths_are_paths_and_checkpoints_are_below_the_run(tmp_path):
    settings = read(tmp_path, {**REQUIRED, "held_out_rows": "/held.jsonl"})
    assert (settings.run, settings.rows, settings.held_out_rows) == (
        Path("/run"),
        Path("/rows.jsonl"),
        Path("/held.jsonl"),
    )
    assert settings.checkpoints == Path("/run/checkpoints")


@pytest.mark.parametrize("name", REQUIRED)
def test_a_setting_that_is_missing_is_named(tmp_path, name):
    with pytest.raises(ValueError, match=rf"worker\.json: the setting {name} is missing"):
        read(tmp_path, {key: value for key, value in REQUIRED.items() if key != name})


def test_grpo_without_a_reward_worker_is_refused(tmp_path):
    for command in ({}, {"reward_command": None}, {"reward_command": []}):
        with pytest.raises(ValueError, match="reward_command: got nothing"):
            read(tmp_path, {**REQUIRED, "method": "grpo", **command})


def test_what_is_no_json_object_is_named_with_its_line(tmp_path):
    with pytest.raises(ValueError, match=r"worker\.json:3: got .*expected JSON"):
        read(tmp_path, '{"method": "sft",\n"model": "m",\n}')
    with pytest.raises(ValueError, match="got list, expected a JSON object"):
        read(tmp_path, [REQUIRED])
