"""A reward function of the user's own, from a Python file, beside the reward worker's."""

import hashlib
import importlib.util
import inspect
import math
from collections.abc import Callable
from pathlib import Path
from typing import Any


def load_plugin(file: str, name: str, sha256: str) -> Callable[..., list[float | None]]:
    """The function `name` of a file, which TRL calls as it calls every reward function.

    Raises ValueError for a file that was changed since the run was prepared (the record says what was paid), that has
    no such function, and, later, for rewards that TRL would take silently: too few of them, or one that is not finite.
    """
    content = Path(file).read_bytes()
    if hashlib.sha256(content).hexdigest() != sha256:
        raise ValueError(f"--reward-plugin: {file} was changed since the run began. Start a new run in another --out.")
    spec = importlib.util.spec_from_file_location("vsi_reward_plugin", file)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    function = getattr(module, name, None)
    if not callable(function) or inspect.iscoroutinefunction(function):
        raise ValueError(f"--reward-plugin: {file} has no function {name}, expected def {name}(completions, **kwargs).")

    # TRL names the metric by the function, whatever the user's is called.
    def reward_plugin(completions: list, **columns: Any) -> list[float | None]:
        rewards = function(completions=completions, **columns)
        return check_rewards(rewards, len(completions), f"{file}, {name}")

    return reward_plugin


def check_rewards(rewards: Any, count: int, place: str) -> list[float | None]:
    """The rewards of a batch as numbers; None is TRL's word for a completion that the function has no opinion on."""
    rewards = list(rewards)
    if len(rewards) != count:
        raise ValueError(f"{place}: got {len(rewards)} rewards, expected {count}: one for each completion, in order.")
    for reward in rewards:
        if reward is not None and not math.isfinite(reward):
            raise ValueError(f"{place}: got the reward {reward}, expected a finite number or None.")
    return [None if reward is None else float(reward) for reward in rewards]
