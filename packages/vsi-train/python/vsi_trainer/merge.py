"""`python -m vsi_trainer.merge ADAPTER OUT --base NAME`: the adapter's weights added to its base model's.

The result is a model like any other: from_pretrained loads it, every server serves it.
"""

import argparse
import shutil
from pathlib import Path

import torch
from peft import PeftModel
from transformers import AutoModelForImageTextToText

from .events import emit, emit_error, open_events

# What an adapter's folder holds of the adapter and of its training; the rest is the processor, with the pixels it was
# trained with, and the code of a processor that we made.
NOT_OF_THE_MODEL = ("adapter_*", "README.md", "training_args.bin", "*.safetensors", "*.pt", "*.pth", "*.bin", "*.json.lock")
# Of a checkpoint.
NOT_OF_THE_PROCESSOR = ("trainer_state.json", "optimizer*", "scheduler*", "rng_state*", "global_step*", "latest")


def merge(adapter: Path, out: Path, base: str, revision: str | None = None, trust_remote_code: bool = False) -> int:
    """Writes the merged model and its processor to a folder, in the type of the base model's weights.

    Returns how many weights the adapter changed. Raises ValueError where it changed none, or made one that is not
    finite: a model like that is no result of training.
    """
    model = AutoModelForImageTextToText.from_pretrained(
        base, revision=revision, dtype="auto", trust_remote_code=trust_remote_code
    )
    before = {name: weight.detach().clone() for name, weight in model.state_dict().items()}
    merged = PeftModel.from_pretrained(model, adapter).merge_and_unload()
    changed = 0
    for name, weight in merged.state_dict().items():
        if not torch.isfinite(weight).all():
            raise ValueError(f"{adapter}: got {name} with a weight that is not finite. Merge an earlier checkpoint.")
        if name in before and not torch.equal(weight, before[name]):
            changed += 1
    if changed == 0:
        raise ValueError(f"{adapter}: got an adapter that changes nothing of {base}. Is it the model it was trained on?")
    out.mkdir(parents=True, exist_ok=True)
    merged.save_pretrained(out)
    skipped = {path for pattern in NOT_OF_THE_MODEL + NOT_OF_THE_PROCESSOR for path in adapter.glob(pattern)}
    for path in sorted(adapter.iterdir()):
        if path.is_file() and path not in skipped and not (out / path.name).exists():
            shutil.copyfile(path, out / path.name)
    return changed


def main() -> int:
    """Merges as the command line says; ends with 1 and an error event where it fails."""
    parser = argparse.ArgumentParser(prog="vsi_trainer.merge", description="Merges an adapter into its base model.")
    parser.add_argument("adapter", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--base", required=True)
    parser.add_argument("--revision")
    parser.add_argument("--trust-remote-code", action="store_true")
    given = parser.parse_args()
    open_events()
    try:
        changed = merge(given.adapter, given.out, given.base, given.revision, given.trust_remote_code)
    except Exception as error:
        emit_error(str(error) or type(error).__name__)
        return 1
    emit("merged", path=given.out, changed=changed)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
