import signal
from types import SimpleNamespace

import pytest
from vsi_trainer import callbacks, own_time
from vsi_trainer.callbacks import Interruption, Reporter
from vsi_trainer.own_time import OwnTime
from vsi_trainer.samples import Samples

ARGS = SimpleNamespace(world_size=1, device="cpu")


@pytest.fixture
def clock(monkeypatch):
    """A clock that the test turns."""
    time = SimpleNamespace(now=100.0)
    monkeypatch.setattr(callbacks, "time", SimpleNamespace(perf_counter=lambda: time.now))
    monkeypatch.setattr(own_time, "time", SimpleNamespace(perf_counter=lambda: time.now))
    return time


def new_control() -> SimpleNamespace:
    return SimpleNamespace(should_log=False, should_save=False, should_training_stop=False, should_evaluate=True)


class Loop:
    """Calls the reporter as Trainer does."""

    def __init__(self, reporter, clock, own):
        self.reporter, self.clock, self.own = reporter, clock, own
        self.state = SimpleNamespace(global_step=0, max_steps=9)
        reporter._pause()

    def step(self, seconds: float, own: float = 0.0) -> None:
        with self.own:
            self.clock.now += own
        self.clock.now += seconds - own
        self.state.global_step += 1
        self.reporter.on_step_end(ARGS, self.state, None)

    def log(self, **logs) -> None:
        self.reporter.on_log(ARGS, self.state, None, logs)


def test_a_steps_seconds_leave_out_evaluations_and_checkpoints(clock, emitted, make_settings):
    own = OwnTime()
    loop = Loop(Reporter(make_settings(), None, Samples(0), own), clock, own)
    loop.step(2.0, own=0.5)
    loop.log(loss=1.0)
    clock.now += 50
    loop.log(eval_loss=0.25)
    clock.now += 3
    loop.reporter.on_evaluate()
    clock.now += 70
    loop.reporter.on_save(ARGS, loop.state, None)
    loop.step(4.0)
    loop.log(loss=0.5)
    first, held_out, checkpoint, second = emitted()
    assert (first["seconds"], first["trainer_seconds"]) == (2.0, 1.5)
    assert held_out == {"event": "held_out", "step": 1, "metrics": {"loss": 0.25}}
    assert checkpoint["path"].endswith("checkpoints/checkpoint-1")
    assert (second["step"], second["of"], second["seconds"], second["trainer_seconds"]) == (2, 9, 4.0, 4.0)


def test_seconds_are_the_mean_where_not_every_step_is_logged(clock, emitted, make_settings):
    own = OwnTime()
    loop = Loop(Reporter(make_settings(), None, Samples(0), own), clock, own)
    for seconds in (1.0, 2.0, 6.0):
        loop.step(seconds, own=0.5)
    loop.log(loss=1.0)
    # Trainer's summary after the last step is no step.
    loop.log(train_loss=1.0)
    loop.log(loss=1.0)
    assert [(event["event"], event["seconds"], event["trainer_seconds"]) for event in emitted()] == [("step", 3.0, 2.5)]


def test_samples_come_every_so_many_steps(clock, emitted, make_settings):
    own, samples = OwnTime(), Samples(1)
    samples.keep(["a"], [[{"role": "user", "content": "?"}]], ["4"], [{"total": 1.0}])
    loop = Loop(Reporter(make_settings(samples_every=2), None, samples, own), clock, own)
    for _ in range(4):
        loop.step(1.0)
        loop.log(loss=1.0)
    assert [event["step"] for event in emitted() if event["event"] == "sample"] == [2, 4]


def test_the_first_signal_stops_the_run_with_a_checkpoint_and_the_second_changes_nothing(emitted):
    interruption = Interruption(OwnTime())
    before = [signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)]
    try:
        interruption.listen()
        control = new_control()
        interruption.on_step_end(ARGS, None, control)
        assert (interruption.signal, control) == (0, new_control())
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.raise_signal(number)
        interruption.on_step_end(ARGS, None, control)
    finally:
        for number, handler in zip((signal.SIGTERM, signal.SIGINT), before, strict=True):
            signal.signal(number, handler)
    assert interruption.signal == signal.SIGTERM
    assert (control.should_log, control.should_save, control.should_training_stop) == (True, True, True)
    assert control.should_evaluate is False
