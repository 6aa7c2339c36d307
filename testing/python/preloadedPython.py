"""Runs Python programs one beside the other, each in a fork of this process, which has imported the trainer's libraries:
importing them takes five of the seven seconds of a run of a few steps.

`preloadedPython.py SOCKET` listens on a Unix socket, which forkingPython.py connects to for one run each. The end of
standard input ends all.
"""

import gc
import json
import os
import runpy
import select
import signal
import socket
import sys

import transformers.cli.transformers  # noqa: F401
import vsi_trainer.dpo
import vsi_trainer.dry_run
import vsi_trainer.grpo
import vsi_trainer.measure
import vsi_trainer.merge
import vsi_trainer.sft
import vsi_trainer.train  # noqa: F401

# How many descriptors a run gets: its standard streams.
STREAMS = 3


def read_request(connection: socket.socket) -> tuple[dict, list[int]]:
    """The request is a line, which the streams come with."""
    message, streams, _, _ = socket.recv_fds(connection, 1 << 16, STREAMS)
    while not message.endswith(b"\n"):
        message += connection.recv(1 << 16)
    return json.loads(message), streams


def run(request: dict, streams: list[int]) -> None:
    """What a fork does: as Python does with the same words."""
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
        os.close(stream)
    os.environ.clear()
    os.environ.update(request["env"])
    os.chdir(request["folder"])
    kind, *words = request["words"]
    if kind == "-m":
        sys.path[0] = request["folder"]
        sys.argv = words
        runpy.run_module(words[0], run_name="__main__", alter_sys=True)
    elif kind == "-c":
        sys.path[0] = ""
        sys.argv = ["-c", *words[1:]]
        exec(compile(words[0], "<string>", "exec"), {"__name__": "__main__"})
    else:
        sys.path[0] = os.path.dirname(kind)
        sys.argv = [kind, *words]
        runpy.run_path(kind, run_name="__main__")


def answer(connection: socket.socket, content: dict[str, int]) -> None:
    try:
        connection.sendall(json.dumps(content).encode() + b"\n")
    except BrokenPipeError:
        # Who asked has gone.
        pass


def main(path: str) -> None:
    # Of the IPC channel that every kept process gets: a Node that a run starts would take its descriptor for its own.
    for name in ("NODE_CHANNEL_FD", "NODE_CHANNEL_SERIALIZATION_MODE"):
        os.environ.pop(name, None)
    # What is imported stays: a fork that looks through it for garbage, as every Python does when it ends, copies all of it,
    # which takes more than a second.
    gc.collect()
    gc.freeze()
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
    runs: dict[socket.socket, int] = {}
    while True:
        ready, _, _ = select.select([0, server, ended, *runs], [], [])
        if 0 in ready and os.read(0, 1) == b"":
            for pid in runs.values():
                os.kill(pid, signal.SIGKILL)
            return
        for connection in [each for each in ready if each in runs]:
            # Nothing is sent after the request: who asked was killed, and so is what ran for it.
            os.kill(runs[connection], signal.SIGKILL)
            os.waitpid(runs.pop(connection), 0)
            connection.close()
        if ended in ready:
            ended.recv(4096)
            for connection, pid in list(runs.items()):
                found, status = os.waitpid(pid, os.WNOHANG)
                if found != 0:
                    del runs[connection]
                    answer(connection, {"status": os.waitstatus_to_exitcode(status)})
                    connection.close()
        if server in ready:
            connection, _ = server.accept()
            request, streams = read_request(connection)
            pid = os.fork()
            if pid == 0:
                for other in (server, ended, wake, connection, *runs):
                    other.close()
                run(request, streams)
                return
            for stream in streams:
                os.close(stream)
            runs[connection] = pid
            answer(connection, {"pid": pid})


main(sys.argv[1])
