import contextlib
import json
import math
import pickle
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from vsi_trainer.own_time import OwnTime
from vsi_trainer.rewards import BUNDLE, RewardWorker, VsiReward, make_reward_function, reward_command
from vsi_trainer.samples import Samples

# Answers with what it was asked, so that a mixed-up order or a lost field is seen.
ECHO = """
import json, sys
for line in sys.stdin:
    request = json.loads(line)
    print(json.dumps({"total": float(len(request["completion"])), "asked": request}), flush=True)
"""

# Pays half for the format; the mode "vanilla" has none.
PAYING = """
import json, sys
for line in sys.stdin:
    request = json.loads(line)
    accuracy = float(request["completion"] == request["ground_truth"])
    format = None if request["mode"] == "vanilla" else 0.5
    guards = ["several-answers"] if "or" in request["completion"] else []
    total = accuracy + (format or 0)
    print(json.dumps({"total": total, "format": format, "accuracy": accuracy, "guards": guards}), flush=True)
"""


@pytest.fixture
def start():
    workers = []

    def start(code: str) -> RewardWorker:
        workers.append(RewardWorker([sys.executable, "-c", code]))
        return workers[-1]

    yield start
    for worker in workers:
        # What a dead one was never given cannot be flushed.
        with contextlib.suppress(BrokenPipeError):
            worker._process.stdin.close()
        worker._process.wait(timeout=10)
        worker._listener.join(timeout=10)


def completions(*texts: str) -> list:
    return [[{"role": "assistant", "content": text}] for text in texts]


def test_a_request_is_one_line_whatever_the_model_wrote(start):
    worker = start(ECHO)
    for text in ("", "two\nlines\r\n", "\u2028左\x00\ud800", '"quoted" \\'):
        assert worker.ask({"completion": text})["asked"] == {"completion": text}


def test_answers_longer_than_a_pipe_do_not_block(start):
    text = "x" * 1_000_000
    assert start(ECHO).ask({"completion": text})["total"] == len(text)


def test_a_worker_that_talks_does_not_block_and_nothing_of_it_is_lost(start, capfd):
    worker = start("import sys\nfor _ in range(20000): print('a warning', file=sys.stderr)\n" + ECHO)
    assert worker.ask({"completion": "abc"})["total"] == 3
    worker._process.stdin.close()
    # Before pytest changes what standard error is: the thread writes to it.
    worker._listener.join(timeout=10)
    assert capfd.readouterr().err == "reward worker: a warning\n" * 20000


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ('{"error": "unknown question_type"}', "unknown question_type"),
        ('{"total": null}', "null"),
        ('{"total": "1"}', '"1"'),
    ],
)
def test_an_answer_without_a_total_stops_the_run_with_the_request(start, answer, words):
    worker = start(f"for _ in iter(input, ''): print({answer!r}, flush=True)")
    with pytest.raises(RuntimeError, match="refused") as refused:
        worker.ask({"completion": "the request"})
    assert words in str(refused.value)
    assert "the request" in str(refused.value)


def test_a_worker_that_dies_is_quoted_with_its_status(start):
    worker = start("import sys\nfor at in range(30): print('word', at, file=sys.stderr)\nsys.exit(7)")
    worker._process.wait(timeout=10)
    # Dead before it was asked or while it is: both end the run.
    for _ in range(2):
        with pytest.raises(RuntimeError, match="ended with status 7") as died:
            worker.ask({"completion": "a"})
    last = str(died.value).split("last words:\n")[1].splitlines()
    assert last == [f"word {at}" for at in range(10, 30)]


def test_rewards_come_in_the_order_of_the_completions_with_the_rows_own_columns(start):
    seen = {}
    reward = make_reward_function(start(PAYING), Samples(1), OwnTime())
    totals = reward(
        prompts=[[{"role": "user", "content": "?"}]] * 4,
        completions=completions("left", "left or right", "right", "left"),
        log_metric=seen.__setitem__,
        id=["a", "b", "c", "d"],
        ground_truth=["left", "left", "right", "right"],
        mode=["think", "think", "vanilla", "think"],
        images=[None] * 4,
    )
    assert totals == [1.5, 0.5, 1.0, 0.5]
    # A format that was not asked for counts in no mean.
    assert seen == {"reward_format": 0.5, "reward_accuracy": 0.5, "reward_guards": 0.25}


def test_each_question_type_is_logged_at_every_call_also_one_without_questions(start):
    # TRL gathers metrics one by one from all processes: a name that one of them lacks would stop the run.
    seen = {}
    reward = make_reward_function(start(PAYING), Samples(0), OwnTime(), ["counting", "distance"])
    reward(
        prompts=[[]] * 3,
        completions=completions("4", "4", "5"),
        log_metric=seen.__setitem__,
        id=["a", "b", "c"],
        ground_truth=["4"] * 3,
        question_type=["counting"] * 3,
        mode=["vanilla"] * 3,
    )
    assert {name: value for name, value in seen.items() if "/" in name} == {
        "accuracy_sum/counting": 2.0,
        "accuracy_count/counting": 3.0,
        "accuracy_sum/distance": 0.0,
        "accuracy_count/distance": 0.0,
    }


def test_only_columns_of_the_protocol_are_sent(start):
    worker, asked = start(PAYING), []
    worker.ask = lambda request: asked.append(request) or {"total": 0, "format": None, "accuracy": 0.0, "guards": []}
    make_reward_function(worker, Samples(0), OwnTime())(
        prompts=[[]],
        completions=completions("4"),
        log_metric=lambda *_: None,
        id=["a"],
        ground_truth=["4"],
        question_type=["object_counting"],
        options=[None],
        mode=["think"],
        reward=["paper-length"],
        weights=[{"length": 0.25}],
        images=["pixels"],
        trainer_state=["state"],
    )
    assert asked == [
        {
            "completion": "4",
            "ground_truth": "4",
            "question_type": "object_counting",
            "options": None,
            "mode": "think",
            "reward": "paper-length",
            "weights": {"length": 0.25},
        }
    ]


def test_a_mode_without_a_format_reward_logs_none_for_it(start, emitted):
    seen = {}
    samples = Samples(2)
    make_reward_function(start(PAYING), samples, OwnTime())(
        prompts=[[{"role": "user", "content": [{"type": "image"}, {"type": "text", "text": "Which?"}]}]] * 3,
        completions=completions("left", "right", "left"),
        log_metric=seen.__setitem__,
        id=["a", "b", "c"],
        ground_truth=["left"] * 3,
        mode=["vanilla"] * 3,
    )
    assert math.isnan(seen["reward_format"])
    samples.emit(6)
    shown = emitted()
    assert [(sample["step"], sample["id"], sample["completion"]) for sample in shown] == [
        (6, "a", "left"),
        (6, "b", "right"),
    ]
    assert shown[0]["prompt"] == "Which?"
    assert json.loads(json.dumps(shown[1]["reward"])) == {"total": 0.0, "format": None, "accuracy": 0.0, "guards": []}


def test_vsi_reward_takes_what_trl_gives_and_fills_in_columns_that_are_missing():
    reward = VsiReward(mode="think", reward="mra", weights={"format": 2.0}, command=[sys.executable, "-c", ECHO])
    asked = []
    ask = reward._worker().ask
    reward._worker().ask = lambda request: asked.append(request) or {**ask(request), "accuracy": 0.5, "guards": []}
    seen = {}
    totals = reward(
        prompts=[[]] * 2,
        completions=[[{"role": "assistant", "content": "four"}], "5"],
        completion_ids=[[1], [2]],
        ground_truth=["4", "5"],
        question_type=["object_counting", "room_size_estimation"],
        mode=["vanilla", "observe"],
        images=[None] * 2,
        trainer_state=None,
        log_metric=seen.__setitem__,
    )
    assert totals == [4.0, 1.0]
    assert seen == {"vsi_accuracy": 0.5, "vsi_guards": 0.0}
    assert asked[0] == {
        "completion": "four",
        "ground_truth": "4",
        "question_type": "object_counting",
        "mode": "vanilla",
        "reward": "mra",
        "weights": {"format": 2.0},
    }
    assert asked[1]["mode"] == "observe"
    assert reward.__name__ == "vsi"
    # A data loader's or a launcher's copy has no pipes of this one.
    assert pickle.loads(pickle.dumps(reward))._workers == {}


def test_vsi_reward_names_the_column_that_is_missing():
    with pytest.raises(ValueError, match="got no column question_type"):
        VsiReward(command=[sys.executable, "-c", ECHO])(completions=["4"], ground_truth=["4"])


def test_without_node_it_is_said_what_to_install_before_anything_loads(monkeypatch):
    monkeypatch.delenv("VSI_REWARD", raising=False)
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(RuntimeError, match=r"expected Node 20\.19 or newer.*VSI_REWARD="):
        VsiReward()
    monkeypatch.setenv("VSI_REWARD", f"{sys.executable} '/a b/vsi-reward.js'")
    assert reward_command() == [sys.executable, "/a b/vsi-reward.js"]


@pytest.mark.parametrize(
    ("value", "words"), [("'", "got ', expected a command: No closing quotation"), ("/no/such.js x", "there is no /no/such.js")]
)
def test_regression_a_wrong_command_was_found_at_the_first_batch_in_pythons_own_words(monkeypatch, value, words):
    monkeypatch.setenv("VSI_REWARD", value)
    with pytest.raises(RuntimeError, match=words):
        VsiReward()


@pytest.mark.skipif(not BUNDLE.is_file(), reason="npm run build writes the bundle")
@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"mode": "thinking"}, "thinking"),
        ({"reward": "papre"}, "papre"),
        ({"weights": {"formt": 1}}, "formt"),
        ({"weights": {"format": -1}}, "format"),
    ],
)
def test_regression_a_wrong_mode_or_reward_was_found_at_the_first_batch(arguments, words):
    with pytest.raises(ValueError, match=f"(?s)^VsiReward: .*{words}"):
        VsiReward(**arguments)


def test_a_column_of_another_length_is_named():
    with pytest.raises(ValueError, match="got 1 values of ground_truth, expected 2"):
        VsiReward(command=[sys.executable, "-c", ECHO])(completions=["3", "4"], ground_truth=["3"], question_type=["object_counting"] * 2)


def test_threads_that_share_a_worker_get_the_answers_to_their_own_requests(start):
    worker = start(ECHO)

    def wrong(length: int) -> int:
        return sum(worker.ask({"completion": "x" * length})["total"] != length for _ in range(100))

    with ThreadPoolExecutor(8) as threads:
        assert sum(threads.map(wrong, range(1, 9))) == 0


@pytest.mark.skipif(not BUNDLE.is_file(), reason="npm run build writes the reward worker's file")
def test_the_bundle_pays_as_the_paper_says():
    totals = VsiReward()(
        completions=["There are three chairs.", "2 or 3", "4"],
        ground_truth=["3"] * 3,
        question_type=["object_counting"] * 3,
        options=[None] * 3,
    )
    assert totals[0] == 1.0
    assert totals[1] == 0.0
    assert 0 < totals[2] < 1
