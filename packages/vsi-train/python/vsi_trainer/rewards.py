"""The reward worker: a child process (vsi-reward) that says what each completion is worth.

VsiReward is for scripts of one's own that use TRL's GRPOTrainer; needs Node and nothing else.
"""

import json
import math
import os
import shlex
import shutil
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from .metrics import COUNT, SUM
from .own_time import OwnTime
from .samples import Samples

# The fields of vsi-reward's request that a row may carry; `completion` comes from the model.
REQUEST_FIELDS = ("ground_truth", "question_type", "options", "mode", "reward", "weights")
# Enough for an error with its stack; the whole of it has gone to our standard error already.
LAST_WORDS = 20


class RefusedRequest(RuntimeError):
    """What the worker said of a request that it cannot reward."""

    def __init__(self, request: dict[str, Any], words: str) -> None:
        super().__init__(f"The reward worker refused {json.dumps(request)}: {words}")
        self.words = words


class RewardWorker:
    """One reward process; each training process has its own.

    Raises RuntimeError with its last words when it dies: a run must never go on with rewards that nobody gave.
    """

    def __init__(self, command: list[str]) -> None:
        self._command = command
        # A question and its answer stay together where threads share the worker.
        self._asking = threading.Lock()
        self._last_words: deque[str] = deque(maxlen=LAST_WORDS)
        # Its own session: Ctrl-C in a terminal would else end it before the step that is under way. It ends when its
        # input does, so it outlives nobody.
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            start_new_session=True,
        )
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()

    def ask(self, request: dict[str, Any]) -> dict[str, Any]:
        """The reward of one completion: {"total", "format", "accuracy", "guards", ...}."""
        try:
            # One line there, one line back: pipes that fill on both sides cannot block each other.
            with self._asking:
                self._process.stdin.write(json.dumps(request) + "\n")
                self._process.stdin.flush()
                line = self._process.stdout.readline()
        except OSError as error:
            raise self._death() from error
        if line == "":
            raise self._death()
        answer = json.loads(line)
        if not isinstance(answer.get("total"), (int, float)):
            raise RefusedRequest(request, str(answer.get("error", line.strip())))
        return answer

    def close(self) -> None:
        """Ends the process, which ends with its input."""
        self._process.stdin.close()
        self._process.wait(timeout=10)
        self._listener.join(timeout=10)

    def _listen(self) -> None:
        for line in self._process.stderr:
            self._last_words.append(line.rstrip())
            print(f"reward worker: {line.rstrip()}", file=sys.stderr)

    def _death(self) -> RuntimeError:
        status = self._process.wait(timeout=10)
        self._listener.join(timeout=10)
        words = "\n".join(self._last_words) or "(nothing on standard error)"
        return RuntimeError(
            f"The reward worker ended with status {status}, so the run stops: without it there are no rewards. "
            f"Command: {' '.join(self._command)}. Its last words:\n{words}"
        )


# How to start the reward worker, where it is not the bundle of this package: VSI_REWARD="node /path/to/vsi-reward.js".
COMMAND_VARIABLE = "VSI_REWARD"
# vsi-reward as one file; npm run build writes it.
BUNDLE = Path(__file__).with_name("vsi_reward.mjs")


def reward_command() -> list[str]:
    """The reward worker's command: VSI_REWARD, else this package's bundle with the Node on the PATH.

    Raises RuntimeError that says what to install.
    """
    value = os.environ.get(COMMAND_VARIABLE, "")
    try:
        given = shlex.split(value)
    except ValueError as error:
        raise RuntimeError(f"{COMMAND_VARIABLE}: got {value}, expected a command: {error}.") from error
    if given and shutil.which(given[0]) is None:
        raise RuntimeError(
            f"{COMMAND_VARIABLE}: got {value}, expected a command that can be started: there is no {given[0]}. "
            f'Such as "/path/to/node {BUNDLE}", or leave it out.'
        )
    if given:
        return given
    node = shutil.which("node")
    if node is None:
        raise RuntimeError(
            "VsiReward: got no node on the PATH, expected Node 20.19 or newer: rewards are computed by vsi-reward. "
            f'Install it (nodejs.org, or conda install nodejs), or set {COMMAND_VARIABLE}="/path/to/node {BUNDLE}".'
        )
    if not BUNDLE.is_file():
        raise RuntimeError(
            f"VsiReward: got no {BUNDLE}, expected the reward worker's file: the package comes from a clone that was "
            f"not built. Run npm ci && npm run build there and install it again, or set {COMMAND_VARIABLE}."
        )
    return [node, str(BUNDLE)]


class VsiReward:
    """A reward function for TRL's GRPOTrainer: reward_funcs=VsiReward().

    It needs the columns ground_truth and question_type of the dataset, and takes options, mode, reward and weights
    where there are such columns (`vsi-train export --format trl` writes them all); the arguments stand for columns that
    are missing. `mode` is "vanilla", "think" or "observe"; `reward` a name that vsi-reward knows, such as "paper" or
    "mra"; `weights` those of its parts, such as {"format": 0.5}. Raises ValueError at once where vsi-reward knows no such
    mode, reward or weight.

    Each process that calls it starts a reward worker of its own.
    """

    def __init__(
        self,
        mode: str = "vanilla",
        reward: str = "paper",
        weights: dict[str, float] | None = None,
        command: list[str] | None = None,
    ) -> None:
        # TRL names the metric by it.
        self.__name__ = "vsi"
        self._defaults = {"mode": mode, "reward": reward, **({} if weights is None else {"weights": weights})}
        # At once, and not when the first batch is generated, hours of loading later.
        self._command = reward_command() if command is None else command
        self._workers: dict[int, RewardWorker] = {}
        self._check()

    def _check(self) -> None:
        """Asks for one reward, so that a wrong mode, reward or weight is refused by who knows them all."""
        worker = self._worker()
        try:
            worker.ask({**self._defaults, "completion": "1", "ground_truth": "1", "question_type": "object_counting"})
        except RefusedRequest as error:
            del self._workers[os.getpid()]
            worker.close()
            raise ValueError(f"VsiReward: {error.words}") from error

    def __call__(self, completions: list, log_metric: Callable[[str, float], None] | None = None, **columns: Any) -> list[float]:
        """The total of each completion, which is a text or a conversation that ends with it."""
        for name in ("ground_truth", "question_type"):
            if name not in columns:
                raise ValueError(
                    f"VsiReward: got no column {name}, expected ground_truth and question_type. "
                    "vsi-train export --format trl writes them; GRPOConfig's remove_unused_columns must be False."
                )
        given = [name for name in REQUEST_FIELDS if columns.get(name) is not None]
        for name in given:
            if len(columns[name]) != len(completions):
                raise ValueError(
                    f"VsiReward: got {len(columns[name])} values of {name}, expected {len(completions)}: one for each "
                    "completion, in order."
                )
        answers = [
            self._worker().ask(
                {**self._defaults, "completion": _text(completion), **{name: columns[name][at] for name in given}}
            )
            for at, completion in enumerate(completions)
        ]
        if log_metric is not None:
            log_metric("vsi_accuracy", _mean([answer["accuracy"] for answer in answers]))
            log_metric("vsi_guards", _mean([float(len(answer["guards"]) > 0) for answer in answers]))
        return [float(answer["total"]) for answer in answers]

    def _worker(self) -> RewardWorker:
        # By process: its pipes must not be shared with a process that was forked off.
        if os.getpid() not in self._workers:
            self._workers[os.getpid()] = RewardWorker(self._command)
        return self._workers[os.getpid()]

    def __getstate__(self) -> dict[str, Any]:
        """A copy in another process starts a worker of its own."""
        return {**self.__dict__, "_workers": {}}


def _text(completion: str | list[dict[str, Any]]) -> str:
    return completion if isinstance(completion, str) else completion[-1]["content"]


def make_reward_function(
    worker: RewardWorker, samples: Samples, own_time: OwnTime, types: Sequence[str] = ()
) -> Callable[..., list[float]]:
    """The reward function TRL gets: the worker's total.

    The parts are logged as reward_format (mean; NaN where the mode has no format reward), reward_accuracy (mean),
    reward_length (where the reward has that part) and reward_guards (share of completions that a guard refused
    something). Of each of the question types, sums and counts are logged, for metrics.rename_metrics to divide: TRL
    averages over batches, which have different numbers of a type. They are the same names on every process and at
    every call, since TRL gathers them one by one.
    """

    def total(
        prompts: list, completions: list, log_metric: Callable[[str, float], None], **columns: Any
    ) -> list[float]:
        with own_time:
            texts = [completion[0]["content"] for completion in completions]
            given = [name for name in REQUEST_FIELDS if name in columns]
            answers = [
                worker.ask({"completion": text, **{name: columns[name][at] for name in given}})
                for at, text in enumerate(texts)
            ]
            samples.keep(columns["id"], prompts, texts, answers)
            log_metric("reward_format", _mean([answer["format"] for answer in answers if answer["format"] is not None]))
            log_metric("reward_accuracy", _mean([answer["accuracy"] for answer in answers]))
            log_metric("reward_guards", _mean([float(len(answer["guards"]) > 0) for answer in answers]))
            if any(answer.get("length") is not None for answer in answers):
                log_metric("reward_length", _mean([answer["length"] for answer in answers]))
            for name in types:
                pairs = zip(answers, columns["question_type"], strict=True)
                own = [answer["accuracy"] for answer, question_type in pairs if question_type == name]
                log_metric(f"{SUM}{name}", float(sum(own)))
                log_metric(f"{COUNT}{name}", float(len(own)))
            return [float(answer["total"]) for answer in answers]

    return total


def _mean(values: list[float]) -> float:
    return sum(values) / len(values) if values else math.nan
