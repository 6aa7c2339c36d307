"""Events: one JSON object a line, on what was standard output when the process started."""

import json
import math
import os
import sys
from typing import Any, TextIO

_stream: TextIO | None = None


def open_events() -> None:
    """Keeps standard output for events alone: what libraries print, from C too, goes to standard error."""
    global _stream
    if _stream is not None:
        return
    sys.stdout.flush()
    _stream = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)


def is_first_process() -> bool:
    """Whether this is rank 0 of all hosts, the one that reports. torchrun sets RANK where there are more."""
    return int(os.environ.get("RANK", "0")) == 0


def emit(event: str, **content: Any) -> None:
    """Writes one event from rank 0; the other ranks stay silent."""
    if is_first_process():
        _write(event, content)


def emit_error(message: str) -> None:
    """Writes an error from any rank: the one that failed may not be the first, and its words must not be lost."""
    rank = os.environ.get("RANK")
    _write("error", {"message": message if rank is None else f"process {rank}: {message}"})


def _write(event: str, content: dict[str, Any]) -> None:
    print(json.dumps({"event": event, **_plain(content)}, allow_nan=False), file=_stream or sys.stdout, flush=True)


def _plain(value: Any) -> Any:
    """JSON has no NaN and no infinity: they become the strings that JavaScript's Number() reads back."""
    if isinstance(value, dict):
        return {str(name): _plain(item) for name, item in value.items()}
    if isinstance(value, (list, tuple, set)):
        return [_plain(item) for item in value]
    if isinstance(value, float) and not math.isfinite(value):
        return "NaN" if math.isnan(value) else ("Infinity" if value > 0 else "-Infinity")
    if value is None or isinstance(value, (str, int, float, bool)):
        return value
    return str(value)
