"""Makes sure that the model sees the pictures.

Dropped images do not fail by themselves, they only make a blind model (TRL issue 5785).
"""

import inspect
from collections.abc import Iterable
from typing import Any

import torch
from transformers import PreTrainedModel, Trainer, TrainerCallback, TrainerControl, TrainerState, TrainingArguments

from .events import emit
from .rows import encode_prompt

# Rows that are looked at before the first step.
ROWS = 3
# A model that does not look gives the same logits to the bit; this allows for a device that does not repeat itself.
LEAST_CHANGE = 1e-6


class ImageChecks(TrainerCallback):
    """Checks the first rows before the first step, and the first batch that TRL itself hands to the model."""

    def __init__(self, trainer: Trainer) -> None:
        self._trainer = trainer

    def on_train_begin(self, args: TrainingArguments, state: TrainerState, control: TrainerControl, **_: Any) -> None:
        trainer = self._trainer
        rows = [trainer.train_dataset[at] for at in range(min(ROWS, len(trainer.train_dataset)))]
        model = trainer.accelerator.unwrap_model(trainer.model)
        batches = [
            encode_prompt(trainer.processing_class, row["prompt"], row["images"]).to(args.device) for row in rows
        ]
        with torch.no_grad(), trainer.compute_loss_context_manager():
            counts = [check_image_tokens(model, batch) for batch in batches]
            change = min(_blank_logit_change(trainer.model_wrapped, batch) for batch in batches)
        emit(
            "checks",
            image_tokens=sum(tokens for tokens, _ in counts),
            image_features=sum(features for _, features in counts),
            blank_logit_change=change,
        )
        if not change > LEAST_CHANGE:
            raise RuntimeError(
                f"Image check: blanking the frames changes the logits by {change}, expected more than {LEAST_CHANGE}: "
                "the model does not see them. Is it a model for images?"
            )
        check_first_batch(model)


def check_first_batch(model: PreTrainedModel) -> None:
    """Checks, once, what the trainer passes to the model in the first forward pass that learns."""

    def check(_module: torch.nn.Module, _inputs: Iterable[Any], batch: dict[str, Any]) -> None:
        # Generation and the reference model run without gradients; they decode single tokens without images.
        if torch.is_grad_enabled():
            hook.remove()
            with torch.no_grad():
                check_image_tokens(model, batch)

    hook = _base(model).register_forward_pre_hook(check, with_kwargs=True)


def check_image_tokens(model: PreTrainedModel, batch: dict[str, Any]) -> tuple[int, int]:
    """The image tokens of a batch and the features the model makes of its images.

    Raises RuntimeError when they are not the same, or none.
    """
    config = _base(model).config
    token = getattr(config, "image_token_id", None) or getattr(config, "image_token_index", None)
    tokens = int((batch["input_ids"] == token).sum())
    features = 0 if batch.get("pixel_values") is None else _count_features(_base(model), batch)
    if tokens == 0 or tokens != features:
        raise RuntimeError(
            f"Image check: got {tokens} image tokens in the text and {features} image features, expected the same "
            "number and more than none: images were dropped on the way to the model. Look at the rows' images, at "
            "max_length, and at the processor."
        )
    return tokens, features


def _base(model: PreTrainedModel) -> PreTrainedModel:
    # Below an adapter, where image features and forward passes are the model's own.
    return model.get_base_model() if hasattr(model, "get_base_model") else model


def _count_features(model: PreTrainedModel, batch: dict[str, Any]) -> int:
    known = inspect.signature(model.get_image_features).parameters.keys() - {"input_ids"}
    output = model.get_image_features(**{name: value for name, value in batch.items() if name in known})
    features = getattr(output, "pooler_output", output)
    # One tensor an image, or one of images x tokens x width, or of tokens x width.
    return sum(len(each) for each in features) if isinstance(features, (list, tuple)) else features.shape[:-1].numel()


def _blank_logit_change(model: torch.nn.Module, batch: dict[str, Any]) -> float:
    """The greatest change of a logit of the next token when every pixel takes the mean colour."""
    was_training = model.training
    model.eval()
    seen, blank = (
        model(**{**batch, "pixel_values": pixels}).logits[:, -1].float()
        for pixels in (batch["pixel_values"], torch.zeros_like(batch["pixel_values"]))
    )
    model.train(was_training)
    return (seen - blank).abs().max().item()
