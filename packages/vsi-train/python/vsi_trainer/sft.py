"""SFT on prompt, completion and images. SFTConfig's max_length must be None: it would cut image tokens."""

from typing import Any

from trl import SFTConfig, SFTTrainer

from .own_time import OwnTime
from .samples import Samples
from .settings import Settings

CONFIG = SFTConfig


def make_trainer(_settings: Settings, _samples: Samples, _own_time: OwnTime, **common: Any) -> SFTTrainer:
    """TRL's trainer."""
    return SFTTrainer(**common)
