"""Reads worker.json, the one file that says what to do."""

import json
from dataclasses import MISSING, dataclass, field, fields
from pathlib import Path
from typing import Any, Literal

METHODS = ("grpo", "sft", "dpo")


@dataclass(frozen=True)
class Settings:
    """The content of worker.json; paths are absolute."""

    method: Literal["grpo", "sft", "dpo"]
    model: str
    run: Path
    rows: Path
    trainer: dict[str, Any]
    model_revision: str | None = None
    held_out_rows: Path | None = None
    lora: dict[str, Any] | None = None
    adapter: str | None = None
    pixels: dict[str, int | None] = field(default_factory=dict)
    reward_command: list[str] | None = None
    # For the record: each row has them too.
    reward: str | None = None
    reward_weights: dict[str, float] | None = None
    # A function of the user's own whose rewards are added: {"file", "name", "sha256"}.
    reward_plugin: dict[str, str] | None = None
    # Names in trainer that the user gave by --set: checked against TRL's class.
    given: list[str] = field(default_factory=list)
    # None, "latest", or a checkpoint's folder.
    resume: str | None = None
    checks: dict[str, bool] = field(default_factory=dict)
    samples_every: int = 0
    samples: int = 0
    dry_run: bool = False
    # {"steps", "questions", "frames", "frame_size": [width, height]}: only measure, with random weights.
    measure: dict[str, Any] | None = None

    @property
    def checkpoints(self) -> Path:
        """Where TRL saves, and where "latest" looks."""
        return self.run / "checkpoints"


def read_settings(path: Path) -> Settings:
    """Reads worker.json; raises ValueError naming the file and the setting that does not fit."""
    try:
        given = json.loads(path.read_text(encoding="utf-8"))
    except json.JSONDecodeError as error:
        raise ValueError(f"{path}:{error.lineno}: got {error.msg}, expected JSON. Run vsi-train again.") from error
    if not isinstance(given, dict):
        raise ValueError(f"{path}: got {type(given).__name__}, expected a JSON object. vsi-train writes this file.")
    known = {item.name for item in fields(Settings)}
    if unknown := sorted(given.keys() - known):
        raise ValueError(f"{path}: got the unknown setting {unknown[0]}, expected one of {', '.join(sorted(known))}.")
    required = {item.name for item in fields(Settings) if item.default is MISSING and item.default_factory is MISSING}
    if missing := sorted(required - given.keys()):
        raise ValueError(f"{path}: the setting {missing[0]} is missing. vsi-train writes this file; run it again.")
    if given["method"] not in METHODS:
        raise ValueError(f"{path}: method: got {given['method']!r}, expected one of {', '.join(METHODS)}.")
    if given["method"] == "grpo" and not given.get("reward_command"):
        raise ValueError(f"{path}: reward_command: got nothing, expected the reward worker's command for GRPO.")
    for name in ("run", "rows", "held_out_rows"):
        if given.get(name) is not None:
            given[name] = Path(given[name])
    # A null stands for the default: TypeScript writes every setting.
    return Settings(**{name: value for name, value in given.items() if value is not None})
