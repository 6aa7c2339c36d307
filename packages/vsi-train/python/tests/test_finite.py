import math
from types import SimpleNamespace

import pytest
import torch
from vsi_trainer.finite import MARK, FiniteCheck, first_not_finite


def check(tmp_path) -> tuple[FiniteCheck, torch.nn.Linear]:
    model = torch.nn.Linear(3, 2)
    trainer = SimpleNamespace(
        model=model,
        accelerator=SimpleNamespace(unwrap_model=lambda wrapped: wrapped),
        # Regression: only the first process marked the checkpoint, and ended before it came to draw what another could not.
        is_world_process_zero=lambda: False,
    )
    return FiniteCheck(trainer, tmp_path), model


ARGS = SimpleNamespace(fp16=False)


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_a_gradient_that_is_not_finite_stops_before_the_optimiser_and_marks_the_checkpoint_it_came_from(tmp_path, value):
    finite, model = check(tmp_path)
    state = SimpleNamespace(global_step=4)
    for step in (3, 4):
        (tmp_path / f"checkpoint-{step}").mkdir()
    model.weight.grad = torch.ones(2, 3)
    finite.on_pre_optimizer_step(ARGS, state, None)
    model.weight.grad[1, 2] = value
    with pytest.raises(RuntimeError, match="Not finite at step 5: the gradient of weight .*--resume"):
        finite.on_pre_optimizer_step(ARGS, state, None)
    assert [path.parent.name for path in tmp_path.rglob(MARK)] == ["checkpoint-4"]
    # A float16 run's scaler skips such a step itself.
    finite.on_pre_optimizer_step(SimpleNamespace(fp16=True), state, None)


def test_a_weight_or_a_loss_that_is_not_finite_stops_before_anything_is_saved(tmp_path):
    finite, model = check(tmp_path)
    state = SimpleNamespace(global_step=4)
    finite.on_step_end(ARGS, state, None)
    finite.on_log(ARGS, state, None, {"loss": 0.5, "reward_format": math.nan})
    finite.on_log(ARGS, state, None, {"eval_loss": math.nan})
    with pytest.raises(RuntimeError, match="Not finite at step 4: the loss, nan,"):
        finite.on_log(ARGS, state, None, {"loss": math.nan})
    model.bias.data[0] = math.nan
    with pytest.raises(RuntimeError, match="Not finite at step 4: the weight bias"):
        finite.on_step_end(ARGS, state, None)


def test_regression_weights_too_large_to_generate_from_were_resumed_from(tmp_path):
    finite, _ = check(tmp_path)
    finite._trainer.state = SimpleNamespace(global_step=2)
    (tmp_path / "checkpoint-2").mkdir()
    assert finite.while_generating(RuntimeError("CUDA out of memory")) is None
    assert list(tmp_path.rglob(MARK)) == []
    stop = finite.while_generating(RuntimeError("probability tensor contains either `inf`, `nan` or element < 0"))
    assert "Not finite at step 3: a probability of the next token" in str(stop)
    assert [path.parent.name for path in tmp_path.rglob(MARK)] == ["checkpoint-2"]


def test_large_numbers_are_finite_even_where_their_sum_is_not():
    large = torch.full((64,), 3e38)
    assert first_not_finite({"large": large, "none": None, "empty": torch.zeros(0)}) is None
    assert first_not_finite({"large": large, "bad": torch.tensor([1.0, math.nan])}) == "bad"
