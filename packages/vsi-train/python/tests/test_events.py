import json
import math
import os
import subprocess
import sys
from pathlib import Path

from vsi_trainer.events import emit, emit_error

FOLDER = Path(__file__).parent.parent


def run(code: str, **environment: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": str(FOLDER), **environment},
        capture_output=True,
        text=True,
        check=True,
    )


def test_standard_output_holds_nothing_but_events():
    # Libraries print from Python and from C, and so do processes that they start.
    ended = run(
        "import os, subprocess, sys; from vsi_trainer.events import emit, open_events\n"
        "print('before')\n"
        "open_events(); open_events()\n"
        "print('from Python'); os.write(1, b'from C\\n'); subprocess.run(['echo', 'from a child'])\n"
        "emit('done', step=1)\n"
        "print('after', flush=True)"
    )
    assert ended.stdout == 'before\n{"event": "done", "step": 1}\n'
    assert sorted(ended.stderr.splitlines()) == ["after", "from C", "from Python", "from a child"]


def test_events_do_not_depend_on_the_locale():
    ended = run(
        "from vsi_trainer.events import emit, open_events; open_events(); emit('sample', text='\\u5de6 \\xb0')",
        PYTHONIOENCODING="ascii",
        PYTHONUTF8="0",
        LC_ALL="C",
    )
    assert json.loads(ended.stdout) == {"event": "sample", "text": "左 °"}


def test_numbers_that_json_has_not_become_words_that_javascript_reads(emitted):
    emit("step", metrics={"loss": math.nan, "kl": [math.inf, -math.inf, 1.5]}, path=Path("/a"), flag=True, none=None)
    assert emitted() == [
        {
            "event": "step",
            "metrics": {"loss": "NaN", "kl": ["Infinity", "-Infinity", 1.5]},
            "path": "/a",
            "flag": True,
            "none": None,
        }
    ]


def test_a_text_with_line_ends_stays_one_line(emitted, capsys):
    emit("sample", completion="one\ntwo\u2028three\r")
    assert capsys.readouterr().out.count("\n") == 1


def test_only_the_first_process_reports_but_any_may_fail(emitted, monkeypatch):
    monkeypatch.setenv("RANK", "0")
    emit("step", step=1)
    monkeypatch.setenv("RANK", "3")
    emit("step", step=1)
    emit_error("out of memory")
    monkeypatch.delenv("RANK")
    emit_error("alone")
    assert emitted() == [
        {"event": "step", "step": 1},
        {"event": "error", "message": "process 3: out of memory"},
        {"event": "error", "message": "alone"},
    ]
