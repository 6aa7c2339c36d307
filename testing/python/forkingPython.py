"""Does what Python does, faster: the program runs in a fork of preloadedPython.py, with this process's streams, folder and
environment. Signals are passed on to it, its exit status is this process's, and it is killed when this process is.

What Python reads before it runs a program (its own options, OMP_NUM_THREADS, HF_HOME) is the preloaded process's.

`forkingPython.py PYTHON SOCKET WORDS...`: the Python for programs of other kinds, the socket of preloadedPython.py.
"""

import json
import os
import signal
import socket
import sys

# Of modules these; others, such as pip's or torchrun's, run in a process of their own.
FORKED = ("vsi_trainer", "transformers", "pytest")

python, path, *words = sys.argv[1:]
first = words[0] if words else "-"
if not (first == "-c" or not first.startswith("-") or (first == "-m" and words[1].split(".")[0] in FORKED)):
    os.execv(python, [python, *words])

child = 0
early = []


def pass_on(number, _):
    if child == 0:
        early.append(number)
    else:
        os.kill(child, number)


for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
    signal.signal(name, pass_on)
connection = socket.socket(socket.AF_UNIX)
connection.connect(path)
request = {"words": words, "env": dict(os.environ), "folder": os.getcwd()}
message = json.dumps(request).encode() + b"\n"
sent = socket.send_fds(connection, [message], [0, 1, 2])
connection.sendall(message[sent:])
answers = connection.makefile()
child = json.loads(answers.readline())["pid"]
for number in early:
    os.kill(child, number)
last = answers.readline()
# No answer: the preloaded process was killed, and its forks with it.
status = json.loads(last)["status"] if last else -signal.SIGKILL
if status >= 0:
    os._exit(status)
if -status != signal.SIGKILL:
    signal.signal(-status, signal.SIG_DFL)
os.kill(os.getpid(), -status)
