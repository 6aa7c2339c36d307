import json
import os
import subprocess
import sys
from concurrent.futures import Future
from pathlib import Path
from types import SimpleNamespace

import pytest
from fake_hub import fake_hub
from PIL import Image
from vsi_trainer import hub, tiny_model

TOKEN = "hf_aSecretThatNobodyMayWriteDown"


def test_regression_a_hub_that_is_not_reached_was_said_without_a_word_of_the_hub(monkeypatch):
    made = []

    def unreachable(*_, **__):
        raise ConnectionError("Name or service not known")

    def makes(*names, **options):
        made.append((*names, options))
        return SimpleNamespace(repo_id="me/first")

    monkeypatch.setattr(hub, "create_repo", makes)
    monkeypatch.setattr(hub, "model_info", lambda _: SimpleNamespace(private=True))
    asked = SimpleNamespace(push_to_hub=True, process_index=0, hub_model_id="me/first", hub_private_repo=True)
    hub.make_repository(asked)
    hub.make_repository(SimpleNamespace(**{**vars(asked), "process_index": 1}))
    hub.make_repository(SimpleNamespace(**{**vars(asked), "push_to_hub": False}))
    assert made == [("me/first", {"private": True, "exist_ok": True})]
    monkeypatch.setattr(hub, "create_repo", unreachable)
    with pytest.raises(RuntimeError, match="push_to_hub: got Name or service not known, .* repository me/first on the hub"):
        hub.make_repository(asked)


def test_regression_a_repository_that_was_public_already_would_have_got_the_model(monkeypatch):
    monkeypatch.setattr(hub, "create_repo", lambda *_, **__: SimpleNamespace(repo_id="me/first"))
    monkeypatch.setattr(hub, "model_info", lambda _: SimpleNamespace(private=False))
    asked = SimpleNamespace(push_to_hub=True, process_index=0, hub_model_id="first", hub_private_repo=True)
    with pytest.raises(RuntimeError, match="me/first is there already, and public.*hub_private_repo=false"):
        hub.make_repository(asked)
    hub.make_repository(SimpleNamespace(**{**vars(asked), "hub_private_repo": False}))


def test_regression_a_checkpoint_that_was_not_pushed_was_never_spoken_of(emitted):
    jobs = [Future(), Future(), Future()]
    report = hub.PushReport(SimpleNamespace(push_in_progress=SimpleNamespace(jobs=jobs)))
    report.on_step_end(None, None, None)
    jobs[0].set_result(None)
    jobs[1].set_exception(RuntimeError("403 Forbidden\n\nFor more information check: a page\nthe hub refuses"))
    for _ in range(2):
        report.on_step_end(None, None, None)
    said = {"event": "warning", "message": "push_to_hub: a checkpoint was not pushed: got 403 Forbidden the hub refuses. Training goes on."}
    assert emitted() == [said]
    hub.PushReport(SimpleNamespace()).on_step_end(None, None, None)


def run(folder: Path, url: str, **given) -> tuple[int, list[dict], str]:
    """The exit status of two steps of SFT on a model and rows that are in the folder, the events and standard error."""
    settings = {
        "method": "sft",
        "model": str(folder / "tiny"),
        "run": str(folder / "run"),
        "rows": str(folder / "rows.jsonl"),
        "lora": {"r": 4, "lora_alpha": 8, "target_modules": ["q_proj", "v_proj"]},
        "given": ["push_to_hub"],
        "trainer": {
            "use_cpu": True,
            "bf16": False,
            "max_length": None,
            "logging_steps": 1,
            "max_steps": 2,
            "save_steps": 1,
            "push_to_hub": True,
            "hub_private_repo": True,
            "hub_model_id": "me/first",
        },
        **given,
    }
    (folder / "run").mkdir(exist_ok=True)
    file = folder / "run" / "worker.json"
    file.write_text(json.dumps(settings))
    # The fake hub does not speak xet, which only moves the bytes.
    quiet = {"DO_NOT_TRACK": "1", "HF_HUB_OFFLINE": "0", "HF_HUB_DISABLE_XET": "1", "OMP_NUM_THREADS": "1"}
    # The code beside the tests, whatever is installed.
    path = os.pathsep.join(entry for entry in sys.path if entry)
    environment = {**os.environ, **quiet, "PYTHONPATH": path, "HF_ENDPOINT": url, "HF_TOKEN": TOKEN}
    words = [sys.executable, "-m", "vsi_trainer", str(file)]
    ended = subprocess.run(words, env=environment, capture_output=True, text=True, check=False)
    return ended.returncode, [json.loads(line) for line in ended.stdout.splitlines()], ended.stderr


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    tiny_model.make_tiny_model(tmp_path / "tiny", 0)
    rows = []
    for number in range(4):
        Image.new("RGB", (56, 56), (60 * number, 0, 0)).save(tmp_path / f"{number}.png")
        question, answer = ([{"role": role, "content": text}] for role, text in (("user", "How many?"), ("assistant", "2")))
        rows.append({"id": str(number), "images": [str(tmp_path / f"{number}.png")], "prompt": question, "completion": answer})
    (tmp_path / "rows.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in rows))
    return tmp_path


def test_what_the_hub_gets_and_when_and_that_it_costs_no_model_where_it_refuses(folder):
    with fake_hub() as there:
        there.refuse = {"POST .*/commit/": 403}
        status, events, words = run(folder, there.url)
        # The model is kept and said, and how to push it.
        assert status == 1
        assert [event["event"] for event in events if event["event"] in ("done", "error")] == ["done", "error"]
        error = next(event["message"] for event in events if event["event"] == "error")
        assert "hf upload me/first" in error and "--resume" in error and "403 Forbidden" in error
        assert (folder / "run" / "model" / "adapter_model.safetensors").is_file()
        # Made before the model was loaded, for its owner alone.
        first = there.requests[0]
        assert first["what"] == "POST /api/repos/create"
        assert json.loads(first["body"]) == {"name": "first", "organization": "me", "visibility": "private"}
        there.refuse = {}
        there.requests.clear()
        status, again, more_words = run(folder, there.url, resume="latest")
        assert (status, more_words if status else "") == (0, "")
        assert [event["event"] for event in again if event["event"] == "done"] == ["done"]
        titles = [title for title, _ in there.commits()]
        assert titles == ["Model save"]
        files = there.commits()[0][1]
        assert "adapter_model.safetensors" in files
        assert not [file for file in files if file.endswith((".png", ".jsonl", ".log"))]
        assert there.asked("telemetry|PUT .*token") == []
        written = [path.read_bytes() for path in (folder / "run").rglob("*") if path.is_file()]
        said = json.dumps([events, again]) + words + more_words + there.everything()
        assert TOKEN not in said and not [content for content in written if TOKEN.encode() in content]


def test_a_hub_that_refuses_from_the_start_ends_the_run_before_it_begins(folder):
    with fake_hub() as there:
        there.refuse = {"/api/": 401}
        status, events, words = run(folder, there.url)
    assert status == 1
    assert [event["event"] for event in events] == ["error"]
    assert "Nothing was trained." in events[0]["message"]
    assert TOKEN not in words + events[0]["message"]
