"""DPO on prompt, chosen, rejected and images. DPOConfig's max_length must be None: it would cut image tokens."""

from typing import Any

from trl import DPOConfig, DPOTrainer

from .own_time import OwnTime
from .samples import Samples
from .settings import Settings

CONFIG = DPOConfig


def make_trainer(_settings: Settings, _samples: Samples, _own_time: OwnTime, **common: Any) -> DPOTrainer:
    """TRL's trainer."""
    return DPOTrainer(**common)
