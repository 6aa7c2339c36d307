"""`python -m vsi_trainer RUN/worker.json`: runs what worker.json says.

Ends with 0, with 1 after an error, or with 130 or 143 after SIGINT or SIGTERM, once the checkpoint is saved.
"""

import sys
import traceback
from pathlib import Path

from .events import emit_error, open_events
from .settings import read_settings


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
        emit_error(str(error) or type(error).__name__)
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
