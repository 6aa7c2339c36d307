"""What several test files share."""

import json
from pathlib import Path

import pytest
from vsi_trainer import events
from vsi_trainer.settings import Settings


@pytest.fixture
def emitted(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch):
    """Returns what was emitted since the last call."""
    monkeypatch.setattr(events, "_stream", None)
    for name in ("RANK", "WORLD_SIZE"):
        monkeypatch.delenv(name, raising=False)
    return lambda: [json.loads(line) for line in capsys.readouterr().out.splitlines()]


@pytest.fixture
def make_settings(tmp_path: Path):
    """Settings of a run in a folder of its own."""

    def make(**given) -> Settings:
        return Settings(
            **{"method": "sft", "model": "m", "run": tmp_path, "rows": tmp_path / "rows.jsonl", "trainer": {}, **given}
        )

    return make
