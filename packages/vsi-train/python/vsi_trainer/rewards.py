"""The reward worker: a child process (vsi-reward) that says what each completion is worth."""

import json
import math
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Callable, Sequence
from typing import Any

from .metrics import COUNT, SUM
from .own_time import OwnTime
from .samples import Samples

# The fields of vsi-reward's request that a row may carry; `completion` comes from the model.
REQUEST_FIELDS = ("ground_truth", "question_type", "options", "mode", "reward", "weights")
# Enough for an error with its stack; the whole of it has gone to our standard error already.
LAST_WORDS = 20


class RewardWorker:
    """One reward process; each training process has its own.

    Raises RuntimeError with its last words when it dies: a run must never go on with rewards that nobody gave.
    """

    def __init__(self, command: list[str]) -> None:
        self._command = command
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
            self._process.stdin.write(json.dumps(request) + "\n")
            self._process.stdin.flush()
            line = self._process.stdout.readline()
        except OSError as error:
            raise self._death() from error
        if line == "":
            raise self._death()
        answer = json.loads(line)
        if not isinstance(answer.get("total"), (int, float)):
            raise RuntimeError(f"The reward worker refused {json.dumps(request)}: {answer.get('error', line.strip())}")
        return answer

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
