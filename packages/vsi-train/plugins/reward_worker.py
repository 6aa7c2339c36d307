"""Asks vsi-reward, @vsi/scoring's reward worker, what a completion is worth. No reward is computed here.

Each training process starts one worker of its own at its first question. VSI_REWARD_COMMAND says how, where vsi-reward
is not on the PATH: VSI_REWARD_COMMAND="node /path/to/vsi-reward.js". Its errors go to this process's standard error.
"""

import atexit
import json
import os
import shlex
import subprocess
import threading

_lock = threading.Lock()
_workers = {}


def _worker():
    # By process: a worker's pipes must not be shared with a process that was forked off.
    worker = _workers.get(os.getpid())
    if worker is None:
        command = shlex.split(os.environ.get("VSI_REWARD_COMMAND", "vsi-reward"))
        worker = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8", start_new_session=True
        )
        atexit.register(worker.stdin.close)
        _workers[os.getpid()] = worker
    return worker


def ask_reward(request):
    """The worker's answer: {"total", "format", "accuracy", "guards", ...}.

    Raises RuntimeError when the worker ended or refuses the question: a run must not go on with rewards that nobody gave.
    """
    with _lock:
        worker = _worker()
        try:
            worker.stdin.write(json.dumps(request) + "\n")
            worker.stdin.flush()
            line = worker.stdout.readline()
        except OSError:
            line = ""
    if line == "":
        raise RuntimeError(f"vsi-reward ended with status {worker.wait()}; its last words are above")
    answer = json.loads(line)
    if "error" in answer:
        raise RuntimeError(f"vsi-reward refused the question: {answer['error']}")
    return answer
