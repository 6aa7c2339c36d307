"""How long our own code ran: a step's time less this is TRL's."""

import time


class OwnTime:
    """A stopwatch for `with` blocks that do not nest; `seconds` only grows."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self._began = 0.0

    def __enter__(self) -> None:
        self._began = time.perf_counter()

    def __exit__(self, *_: object) -> None:
        self.seconds += time.perf_counter() - self._began
