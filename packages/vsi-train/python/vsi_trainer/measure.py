"""A few steps of a run with random weights and random frames: seconds of a step by part, and the peak of memory.

It takes the trainer's own path (rows, frames, processor, TRL, reward worker), so what it measures is what a run does.
A random model seldom ends a completion by itself: generation takes its longest.
"""

import copy
import json
import os
import resource
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy
import torch
from PIL import Image
from transformers import PrinterCallback, TrainerCallback, TrainerControl, TrainerState, TrainingArguments, set_seed

from .config import make_config, make_lora, method_module
from .events import emit
from .frames import reuse_processed
from .model import set_pixels, stop_tower_gradients
from .own_time import OwnTime
from .rows import encode_prompt, read_rows
from .samples import Samples
from .settings import Settings
from .shapes import random_model, shape_config, shape_processor

# Questions with frames of their own, where a step has no more: later ones show them again. Writing the frames must not take
# longer than the steps.
MOST_QUESTIONS = 16
QUESTION = "What is the distance between the table and the bed (in meters)?"


def measure(settings: Settings) -> None:
    """Runs the steps and emits "measured". The first step is left out of the seconds: it warms up."""
    asked = settings.measure
    has_gpu = torch.cuda.is_available()
    trainer_settings = {} if has_gpu else {"use_cpu": True, "bf16": False}
    # TRL's trainers are libraries, too: imported before the run's own memory begins.
    make_trainer = method_module(settings).make_trainer
    started = _resident()
    config = make_config(
        settings,
        **{**trainer_settings, "max_steps": asked["steps"], "save_strategy": "no", "eval_strategy": "no"},
    )
    set_seed(config.seed)
    shape = shape_config(settings.model)
    is_half = config.bf16 and settings.lora is not None
    model = random_model(shape, torch.bfloat16 if is_half else torch.float32, str(config.device))
    processor = shape_processor(shape)
    set_pixels(processor, settings.pixels)
    reuse_processed(processor)
    own_time, parts = OwnTime(), Parts(has_gpu)
    with tempfile.TemporaryDirectory(prefix="vsi-train-measure-") as folder:
        rows = read_rows(_write_rows(Path(folder), settings), processor)
        prompt = encode_prompt(processor, rows[0]["prompt"], rows[0]["images"])["input_ids"].shape[-1]
        beta = getattr(config, "beta", 0.0)
        reference = None if settings.lora is not None or settings.method == "sft" or beta == 0.0 else copy.deepcopy(model)
        if settings.method == "grpo" and reference is not None:
            # TRL (1.13) would load it by its name, and a random model has none.
            config.beta = 0.0
        trainer = make_trainer(
            settings,
            Samples(0),
            own_time,
            model=model,
            args=config,
            train_dataset=rows,
            processing_class=processor,
            peft_config=make_lora(settings),
            **({"ref_model": reference} if settings.method == "dpo" else {}),
        )
        if settings.method == "grpo" and reference is not None:
            config.beta = trainer.beta = beta
            trainer.ref_model = trainer.accelerator.prepare_model(reference, evaluation_mode=True)
        frozen = stop_tower_gradients(trainer.model)
        parts.watch(trainer, own_time)
        trainer.add_callback(parts)
        trainer.remove_callback(PrinterCallback)
        if has_gpu:
            torch.cuda.reset_peak_memory_stats()
        trainer.train()
    emit(
        "measured",
        device=torch.cuda.get_device_name() if has_gpu else "cpu",
        half_precision=is_half or bool(config.bf16),
        parameters=sum(weight.numel() for weight in trainer.model.parameters()),
        frozen_tower=frozen,
        steps=asked["steps"],
        seconds=parts.means(),
        prompt_tokens=prompt,
        completion_tokens=parts.completion_tokens,
        # Of a CPU, what the process grew by: Python and the libraries are not the run's.
        peak_bytes=torch.cuda.max_memory_allocated() if has_gpu else _largest_resident() - started,
        baseline_bytes=started,
    )


class Parts(TrainerCallback):
    """The seconds of each step by part; what no part claims is preparation: frames, processor, loader, bookkeeping."""

    NAMES = ("generation", "forward_backward", "optimizer", "rewards")

    def __init__(self, has_gpu: bool) -> None:
        self._has_gpu = has_gpu
        self._is_generating = False
        self._now = dict.fromkeys(self.NAMES, 0.0)
        self._steps: list[dict[str, float]] = []
        self._own_time: OwnTime | None = None
        self._own_began = self._began = self._part_began = 0.0
        self.completion_tokens: float | None = None

    def watch(self, trainer: Any, own_time: OwnTime) -> None:
        """Times what the trainer calls."""
        self._own_time = own_time
        model = trainer.accelerator.unwrap_model(trainer.model)
        model.generate = self._timed(model.generate, "generation")
        trainer.accelerator.backward = self._timed(trainer.accelerator.backward, "forward_backward")
        base = model.get_base_model() if hasattr(model, "get_base_model") else model
        base.register_forward_pre_hook(lambda *_: self._begin())
        base.register_forward_hook(lambda *_: self._end("forward_backward"))

    def means(self) -> dict[str, float]:
        """Mean seconds of the steps after the first."""
        later = self._steps[1:] or self._steps
        return {name: sum(step[name] for step in later) / len(later) for name in later[0]}

    def on_train_begin(self, *_: Any, **__: Any) -> None:
        self._began = self._clock()

    def on_pre_optimizer_step(self, *_: Any, **__: Any) -> None:
        self._begin()

    def on_optimizer_step(self, *_: Any, **__: Any) -> None:
        self._end("optimizer")

    def on_step_end(self, *_: Any, **__: Any) -> None:
        now, own = self._clock(), self._own_time.seconds
        step = {**self._now, "rewards": own - self._own_began}
        total = now - self._began
        self._steps.append({"step": total, "preparation": total - sum(step.values()), **step})
        self._now = dict.fromkeys(self.NAMES, 0.0)
        self._began, self._own_began = now, own

    def on_log(
        self, args: TrainingArguments, state: TrainerState, control: TrainerControl, logs: dict[str, Any], **_: Any
    ) -> None:
        self.completion_tokens = logs.get("completions/mean_length", self.completion_tokens)

    def _timed(self, call: Callable[..., Any], name: str) -> Callable[..., Any]:
        def timed(*given: Any, **named: Any) -> Any:
            self._begin()
            self._is_generating = name == "generation"
            try:
                return call(*given, **named)
            finally:
                self._is_generating = False
                self._end(name)

        return timed

    def _begin(self) -> None:
        # Generation calls the model for every token: its seconds are its own.
        if not self._is_generating:
            self._part_began = self._clock()

    def _end(self, name: str) -> None:
        if not self._is_generating:
            self._now[name] += self._clock() - self._part_began

    def _clock(self) -> float:
        if self._has_gpu:
            torch.cuda.synchronize()
        return time.perf_counter()


def _write_rows(folder: Path, settings: Settings) -> Path:
    asked = settings.measure
    random = numpy.random.default_rng(0)
    width, height = asked["frame_size"]
    # A step's questions all have their own: the cache of frames would make a step of repeated ones too cheap.
    own = max(MOST_QUESTIONS, -(-asked["questions"] // asked["steps"]))
    shown: list[list[str]] = []
    lines = []
    for question in range(asked["questions"]):
        images = shown[question % own] if question >= own else []
        for frame in range(0 if images else asked["frames"]):
            # Soft shapes: noise of single pixels would be several times as large a JPEG as a room.
            colours = random.integers(0, 256, (max(1, height // 32), max(1, width // 32), 3), dtype=numpy.uint8)
            path = folder / f"{question}-{frame}.jpg"
            Image.fromarray(colours).resize((width, height), Image.Resampling.BICUBIC).save(path, quality=90)
            images.append(str(path))
        shown.append(images)
        answer, other = ([{"role": "assistant", "content": text}] for text in ("1.5", "4.0"))
        by_method = {
            "grpo": {
                "ground_truth": "1.5",
                "question_type": "object_abs_distance",
                "options": None,
                "mode": "vanilla",
                "reward": "paper",
            },
            "sft": {"completion": answer},
            "dpo": {"chosen": answer, "rejected": other},
        }
        prompt = [{"role": "user", "content": QUESTION}]
        lines.append({"id": str(question), "prompt": prompt, "images": images, **by_method[settings.method]})
    path = folder / "rows.jsonl"
    path.write_text("".join(f"{json.dumps(line)}\n" for line in lines), encoding="utf-8")
    return path


def _resident() -> int:
    """Bytes of main memory that the process holds now."""
    statm = Path("/proc/self/statm")
    if not statm.exists():
        return _largest_resident()
    return int(statm.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def _largest_resident() -> int:
    """The most it ever held. getrusage counts kilobytes on Linux."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
