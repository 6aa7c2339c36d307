import json
import os
import signal
import subprocess
import sys
from types import SimpleNamespace

import pytest
from vsi_trainer.lost_ranks import LostRanks, siblings

pytestmark = pytest.mark.skipif(not os.path.exists("/proc/self/stat"), reason="reads /proc")

# Starts something else and two processes, as torchrun does, and ends as the one that is not killed.
LAUNCHER = """
import subprocess, sys
other = subprocess.Popen(["sleep", "100"], stdout=subprocess.DEVNULL)
print(f'{{"pid": {other.pid}}}', flush=True)
ranks = [subprocess.Popen([sys.executable, "-c", *sys.argv[1:]]) for _ in range(2)]
sys.exit(max(rank.wait() for rank in ranks))
"""
# Waits, as for somebody in a collective operation, once it has said that it watches.
RANK = """
import os, sys, time
from types import SimpleNamespace
from vsi_trainer.events import emit, open_events
from vsi_trainer.lost_ranks import LostRanks
open_events()
watch = LostRanks(look=0.02, grace=0.2)
watch.on_train_begin(SimpleNamespace(world_size=2), None, None)
step = int(sys.argv[1])
watch.on_step_end(None, SimpleNamespace(global_step=step, max_steps=2), SimpleNamespace(should_training_stop=False))
emit("watching", pid=os.getpid())
time.sleep(float(sys.argv[2]))
"""


@pytest.mark.parametrize(
    ("killed", "step", "seconds", "status"),
    [
        pytest.param("rank", 1, 40, 1, id="a process whose neighbour was killed waited ten minutes"),
        pytest.param("rank", 2, 2, 0, id="but the last step is saved"),
        pytest.param("other", 1, 2, 0, id="and what else the launcher started may end"),
    ],
)
def test_regression(killed, step, seconds, status):
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    words = [sys.executable, "-c", LAUNCHER, RANK, str(step), str(seconds)]
    launcher = subprocess.Popen(words, stdout=subprocess.PIPE, text=True, env=environment)
    other, first, second = (json.loads(launcher.stdout.readline())["pid"] for _ in range(3))
    assert len({other, first, second}) == 3
    os.kill(second if killed == "rank" else other, signal.SIGKILL)
    said, _ = launcher.communicate(timeout=30)
    assert launcher.returncode == status
    messages = [json.loads(line)["message"] for line in said.splitlines()]
    assert len(messages) == status
    assert all("another training process on this host is gone" in message for message in messages)
    if killed == "rank":
        os.kill(other, signal.SIGKILL)


def test_a_process_that_trains_alone_is_not_watched():
    watch = LostRanks()
    watch.on_train_begin(SimpleNamespace(world_size=1), None, None)
    assert watch._watcher is None
    assert os.getpid() not in siblings()
