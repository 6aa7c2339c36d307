"""Finds the checkpoint to go on from."""

import json
import re
import sys
import zipfile
from pathlib import Path

import torch
from safetensors import SafetensorError, safe_open

from .finite import MARK
from .settings import Settings


def find_checkpoint(settings: Settings) -> Path | None:
    """The checkpoint named by `resume`; for "latest" the newest that is good, or None.

    Good is one that was written to its end, with finite weights, after which no step failed for want of finite numbers.
    Raises ValueError for a named checkpoint that is missing or not good.
    """
    if settings.resume is None:
        return None
    if settings.resume != "latest":
        path = Path(settings.resume)
        if (flaw := _flaw(path)) is not None:
            raise ValueError(f"resume: {path}: {flaw}. Resume from another checkpoint, or from the latest.")
        return path
    found = [path for path in settings.checkpoints.glob("checkpoint-*") if re.fullmatch(r"checkpoint-\d+", path.name)]
    for path in sorted(found, key=_step, reverse=True):
        if (flaw := _flaw(path)) is None:
            return path
        print(f"{path}: skipped, {flaw}", file=sys.stderr)
    return None


def _step(path: Path) -> int:
    return int(path.name.rsplit("-", 1)[1])


def _flaw(path: Path) -> str | None:
    """What is wrong with a checkpoint: kill -9 leaves files out, a lost machine cuts them, a run may have exploded."""
    if (path / MARK).exists():
        return "the step after it was not finite"
    try:
        # Trainer writes this file last.
        state = json.loads((path / "trainer_state.json").read_text(encoding="utf-8"))
        if not isinstance(state.get("global_step"), int):
            return "trainer_state.json has no global_step"
        weights = sorted(path.rglob("*.safetensors"))
        for file in weights:
            # Opening compares the header's lengths with the file's.
            with safe_open(file, framework="pt") as weights_in:
                # One tensor at a time, read from the mapped file: seconds for a model of 7B.
                broken = [name for name in weights_in.keys() if not torch.isfinite(weights_in.get_tensor(name)).all()]
            if broken:
                return f"its weight {broken[0]} is not finite"
    except (OSError, ValueError, SafetensorError) as error:
        return f"it was not written to its end ({error})"
    # torch.save writes a zip archive, whose directory stands at its end.
    archives = [file for ending in ("*.pt", "*.pth", "*.bin") for file in path.rglob(ending)]
    for file in archives:
        # training_args.bin too.
        if not zipfile.is_zipfile(file):
            return f"it was not written to its end ({file.name} is cut)"
    return None if weights or archives else "it has no weights"
