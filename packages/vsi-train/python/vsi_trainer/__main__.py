"""`python -m vsi_trainer RUN/worker.json`: runs what worker.json says.

Ends with 0, with 1 after an error, or with 130 or 143 after SIGINT or SIGTERM, once the checkpoint is saved.
"""

import re
import sys
import traceback
from pathlib import Path

from .events import emit_error, open_events
from .settings import read_settings


OUT_OF_MEMORY = (
    "Lower --max-pixels, or --batch with as much more --accumulation, or share the model by --deepspeed; --resume "
    "continues from the last checkpoint. --dry-run estimates the memory, vsi-train measure finds it out."
)


def main(argv: list[str]) -> int:
    """Runs the worker and returns its exit status."""
    open_events()
    try:
        if len(argv) != 1:
            raise ValueError(f"got {len(argv)} arguments, expected one: worker.json. vsi-train writes it.")
        settings = read_settings(Path(argv[0]))
        if settings.dry_run:
            from .dry_run import dry_run

            dry_run(settings)
            return 0
        if settings.measure is not None:
            from .measure import measure

            measure(settings)
            return 0
        from .train import train

        return train(settings)
    except Exception as error:
        traceback.print_exc()
        emit_error(in_words(error))
        return 1


# Of gloo and NCCL, whose words stand for the end of somebody else.
LOST = re.compile(r"connection (?:closed by|reset by) peer|ncclRemoteError|remote process exited", re.IGNORECASE)


def in_words(error: Exception) -> str:
    """What went wrong, and for a GPU that is full what to do: torch names variables of its own."""
    words = str(error) or type(error).__name__
    if LOST.search(words):
        return f"another training process ended, whose own words or end are the cause; got {words.splitlines()[0]}"
    # By its name: torch takes seconds to import, and may be what fails.
    if type(error).__name__ != "OutOfMemoryError":
        return words
    return f"{words.splitlines()[0]} {OUT_OF_MEMORY}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
