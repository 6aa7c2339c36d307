import json
from pathlib import Path

import pytest
import torch
from safetensors.torch import save_file
from transformers import Trainer, TrainingArguments
from vsi_trainer.finite import MARK
from vsi_trainer.resume import AlreadyDone, LastStep, find_checkpoint


def write_checkpoint(run: Path, step: int | str) -> Path:
    path = run / "checkpoints" / f"checkpoint-{step}"
    path.mkdir(parents=True)
    save_file({"weight": torch.zeros(64)}, path / "adapter_model.safetensors")
    torch.save({"state": torch.zeros(64)}, path / "optimizer.pt")
    torch.save({"seed": 0}, path / "training_args.bin")
    (path / "trainer_state.json").write_text(json.dumps({"global_step": step, "log_history": []}))
    return path


def test_the_latest_is_the_highest_step_and_not_the_last_name(tmp_path, make_settings):
    settings = make_settings(resume="latest")
    assert find_checkpoint(settings) is None
    for step in (9, 10, 100):
        write_checkpoint(tmp_path, step)
    for name in ("tmp", "100-old"):
        write_checkpoint(tmp_path, name)
    assert find_checkpoint(settings).name == "checkpoint-100"
    assert find_checkpoint(make_settings()) is None


@pytest.mark.parametrize(
    "name", ["adapter_model.safetensors", "optimizer.pt", "training_args.bin", "trainer_state.json"]
)
def test_a_file_cut_anywhere_makes_the_checkpoint_before_it_the_latest(tmp_path, make_settings, capsys, name):
    settings = make_settings(resume="latest")
    whole, cut = write_checkpoint(tmp_path, 1), write_checkpoint(tmp_path, 2)
    assert find_checkpoint(settings) == cut
    content = (cut / name).read_bytes()
    lengths = {0, 1, 7, 8, 9, *range(16, len(content), 61), len(content) - 1}
    for length in sorted(lengths):
        (cut / name).write_bytes(content[:length])
        assert find_checkpoint(settings) == whole, f"cut to {length} of {len(content)} bytes"
        assert "checkpoint-2: skipped" in capsys.readouterr().err
        with pytest.raises(ValueError, match="resume: .*checkpoint-2: "):
            find_checkpoint(make_settings(resume=str(cut)))
    (cut / name).write_bytes(content)
    assert find_checkpoint(settings) == cut


def test_files_that_were_not_written_at_all_are_missed(tmp_path, make_settings):
    settings = make_settings(resume="latest")
    whole, flawed = write_checkpoint(tmp_path, 1), write_checkpoint(tmp_path, 2)
    (flawed / "trainer_state.json").write_text('{"log_history": []}')
    assert find_checkpoint(settings) == whole
    (flawed / "trainer_state.json").write_text('{"global_step": 2}')
    for path in (*flawed.glob("*.safetensors"), *flawed.glob("*.pt"), *flawed.glob("*.bin")):
        path.unlink()
    assert find_checkpoint(settings) == whole


def test_weights_in_folders_below_count_as_deepspeed_writes_them(tmp_path, make_settings):
    path = write_checkpoint(tmp_path, 3)
    shard = path / "global_step3" / "zero_pp_rank_0_mp_rank_00_model_states.pt"
    shard.parent.mkdir()
    torch.save({"module": torch.zeros(64)}, shard)
    assert find_checkpoint(make_settings(resume="latest")) == path
    shard.write_bytes(shard.read_bytes()[:-40])
    assert find_checkpoint(make_settings(resume="latest")) is None


def test_checkpoints_of_a_run_that_exploded_are_passed_by(tmp_path, make_settings, capsys):
    settings = make_settings(resume="latest")
    good, nan, marked = (write_checkpoint(tmp_path, step) for step in (1, 2, 3))
    save_file({"fine": torch.zeros(8), "weight": torch.tensor([0.0, float("nan")])}, nan / "adapter_model.safetensors")
    (marked / MARK).write_text("{}")
    assert find_checkpoint(settings) == good
    said = capsys.readouterr().err
    assert "checkpoint-2: skipped, its weight weight is not finite" in said
    assert "checkpoint-3: skipped, the step after it was not finite" in said
    with pytest.raises(ValueError, match="not finite"):
        find_checkpoint(make_settings(resume=str(nan)))


class Line(torch.nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.weight = torch.nn.Parameter(torch.zeros(1))

    def forward(self, x: torch.Tensor, labels: torch.Tensor) -> dict[str, torch.Tensor]:
        return {"loss": ((self.weight * x - labels) ** 2).mean()}


def test_regression_a_run_killed_behind_its_last_checkpoint_was_trained_one_step_too_many(tmp_path):
    rows = [{"x": torch.ones(1), "labels": torch.ones(1)} for _ in range(8)]
    args = TrainingArguments(
        str(tmp_path), max_steps=3, save_steps=1, per_device_train_batch_size=1, use_cpu=True, report_to="none"
    )

    def trained(checkpoint: str | None) -> tuple[int, float]:
        trainer = Trainer(Line(), args, train_dataset=rows, callbacks=[LastStep()])
        try:
            trainer.train(resume_from_checkpoint=checkpoint)
        except AlreadyDone:
            assert checkpoint is not None
        return trainer.state.global_step, trainer.model.weight.item()

    step, weight = trained(None)
    assert step == 3
    assert trained(str(tmp_path / "checkpoint-2")) == (3, weight)
    assert trained(str(tmp_path / "checkpoint-3")) == (3, weight)
