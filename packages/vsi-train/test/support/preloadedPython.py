"""Runs Python programs one beside the other, each in a fork of this process, which has imported the worker's libraries:
importing them takes five of the seven seconds of a run of a few steps.

`preloadedPython.py SOCKET` listens on a Unix socket. A connection asks for one run by a line: {"program": {"module": NAME},
{"file": PATH} or {"code": TEXT}, "arguments": [...], "stdout": PATH, "stderr": PATH}, with Unix sockets to connect to. It is
answered by {"pid": N} and, at its end, {"status": N}, negative for the signal that ended it. The end of standard input ends all.
"""

import json
import os
import runpy
import select
import signal
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


def answer(connection: socket.socket, content: dict[str, int]) -> None:
    try:
        connection.sendall(json.dumps(content).encode() + b"\n")
    except BrokenPipeError:
        # Who asked has gone.
        pass


def run(request: dict) -> None:
    """What a fork does: as Python does with the program's name as its first word."""
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    connect(request["stdout"], 1)
    connect(request["stderr"], 2)
    ((kind, program),) = request["program"].items()
    sys.argv = [program if kind == "file" else "-c", *request["arguments"]]
    if kind == "module":
        runpy.run_module(program, run_name="__main__", alter_sys=True)
    elif kind == "file":
        sys.path[0] = os.path.dirname(program)
        runpy.run_path(program, run_name="__main__")
    else:
        exec(compile(program, "<string>", "exec"), {"__name__": "__main__"})


def main(path: str) -> None:
    # Of the IPC channel that every kept process gets: a Node that a run starts would take its descriptor for its own.
    for name in ("NODE_CHANNEL_FD", "NODE_CHANNEL_SERIALIZATION_MODE"):
        os.environ.pop(name, None)
    server = socket.socket(socket.AF_UNIX)
    server.bind(f"{path}.part")
    server.listen(64)
    # There once it listens: who finds it may connect.
    os.rename(f"{path}.part", path)
    ended, wake = socket.socketpair()
    ended.setblocking(False)
    wake.setblocking(False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.set_wakeup_fd(wake.fileno())
    runs: dict[int, socket.socket] = {}
    while True:
        ready, _, _ = select.select([0, server, ended], [], [])
        if 0 in ready and os.read(0, 1) == b"":
            return
        if ended in ready:
            ended.recv(4096)
            for pid in list(runs):
                found, status = os.waitpid(pid, os.WNOHANG)
                if found != 0:
                    connection = runs.pop(pid)
                    answer(connection, {"status": os.waitstatus_to_exitcode(status)})
                    connection.close()
        if server in ready:
            connection, _ = server.accept()
            request = json.loads(connection.makefile().readline())
            pid = os.fork()
            if pid == 0:
                for other in (server, ended, wake, connection, *runs.values()):
                    other.close()
                run(request)
                return
            runs[pid] = connection
            answer(connection, {"pid": pid})


main(sys.argv[1])
