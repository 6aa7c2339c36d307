"""Runs the worker as `python -m vsi_trainer` does, each time in a fork of a process that has imported its libraries:
importing them takes five of the seven seconds of a run of a few steps.

A line of standard input asks for a run: {"arguments": [...], "stdout": PATH, "stderr": PATH}, with Unix sockets to connect
to. Answered by {"pid": N} and, at its end, {"status": N}, negative for the signal that ended it. The end of standard input ends it.
"""

import json
import os
import runpy
import socket
import sys

import vsi_trainer.dpo
import vsi_trainer.dry_run
import vsi_trainer.grpo
import vsi_trainer.sft
import vsi_trainer.train  # noqa: F401


def connect(path: str, number: int) -> None:
    stream = socket.socket(socket.AF_UNIX)
    stream.connect(path)
    os.dup2(stream.fileno(), number)
    stream.close()


def answer(content: dict[str, int]) -> None:
    print(json.dumps(content), flush=True)


def main() -> None:
    while line := sys.stdin.readline():
        request = json.loads(line)
        pid = os.fork()
        if pid == 0:
            os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
            connect(request["stdout"], 1)
            connect(request["stderr"], 2)
            sys.argv = ["vsi_trainer", *request["arguments"]]
            runpy.run_module("vsi_trainer", run_name="__main__", alter_sys=True)
            return
        answer({"pid": pid})
        _, end = os.waitpid(pid, 0)
        answer({"status": os.waitstatus_to_exitcode(end)})


main()
