"""Loads what TRL trains: any image-text model and its processor, nothing tied to one family."""

import json
from pathlib import Path
from typing import Any

import torch
import transformers
from peft import PeftModel
from transformers import AutoConfig, AutoModelForImageTextToText, AutoProcessor, PreTrainedModel, ProcessorMixin
from transformers.models.auto.processing_auto import PROCESSOR_MAPPING_NAMES
from transformers.utils import is_torchvision_available

from .frames import reuse_processed
from .image_only_processor import Qwen2VLImageOnlyProcessor, image_only
from .settings import Settings


def load_model(settings: Settings, model_init: dict[str, Any], checkpoint: Path | None) -> PreTrainedModel | PeftModel:
    """Loads the model, and the adapter to start from if there is one. model_init is TRL's model_init_kwargs.

    What was trained comes from the checkpoint that is resumed. Trainer (transformers 5.18) alone would not do it: it
    takes weights by their names in the file, which for Qwen2-VL are not the model's, and goes on from the untrained
    model with a warning.
    """
    has_weights = checkpoint is not None and any(checkpoint.glob("model*.safetensors"))
    if has_weights:
        model_init = {name: value for name, value in model_init.items() if name != "revision"}
    # float32 is TRL's own default where it loads a model: half-precision weights without an adapter train badly.
    model = AutoModelForImageTextToText.from_pretrained(
        checkpoint if has_weights else settings.model,
        **{"dtype": "float32", "trust_remote_code": settings.trainer.get("trust_remote_code", False), **model_init},
    )
    # TRL loads the reference model by this name, and the reference is never the checkpoint.
    model.config._name_or_path = settings.model
    if settings.adapter is None:
        return model
    # Trainer leaves this one out where TRL has put the reference beside it, and loads the reference alone.
    return PeftModel.from_pretrained(model, checkpoint or settings.adapter, is_trainable=True)


def stop_tower_gradients(model: torch.nn.Module) -> bool:
    """Runs a vision tower without gradients where none of its weights is trained; says whether there was one.

    Gradient checkpointing makes every embedding's output require gradients (enable_input_require_grads), the patches'
    too: the frozen tower would be computed twice more and its layers kept, for gradients that nobody reads.
    """
    vision = getattr(getattr(model, "config", None), "vision_config", None)
    towers = [
        module
        for module in model.modules()
        if isinstance(module, PreTrainedModel) and vision is not None and type(module.config) is type(vision)
    ]
    frozen = [tower for tower in towers if not any(weight.requires_grad for weight in tower.parameters())]
    for tower in frozen:
        tower.forward = torch.no_grad()(tower.forward)
    return len(frozen) > 0


def load_processor(settings: Settings, local_files_only: bool = False) -> ProcessorMixin:
    """Loads tokenizer and image processor, and sets the latter's limits of pixels."""
    source = {
        "revision": settings.model_revision,
        "local_files_only": local_files_only,
        "trust_remote_code": settings.trainer.get("trust_remote_code", False),
    }
    # The sides are those TRL loads a processor with.
    processor = _processor_class(settings.model, source).from_pretrained(
        settings.model, padding_side="left", truncation_side="left", **source
    )
    set_pixels(processor, settings.pixels)
    reuse_processed(processor)
    return processor


def _processor_class(model: str, source: dict[str, Any]) -> type:
    saved = Path(model) / "processor_config.json"
    if saved.is_file() and json.loads(saved.read_text()).get("processor_class") == Qwen2VLImageOnlyProcessor.__name__:
        # A model we made: the folder's copy of our own code needs no trust.
        return Qwen2VLImageOnlyProcessor
    if is_torchvision_available():
        return AutoProcessor
    model_type = AutoConfig.from_pretrained(model, **source).model_type
    family = getattr(transformers, PROCESSOR_MAPPING_NAMES.get(model_type, ""), None)
    has_videos = family is not None and "video_processor" in family.get_attributes()
    return image_only(family) if has_videos else AutoProcessor


def set_pixels(processor: ProcessorMixin, pixels: dict[str, int | None]) -> None:
    """Sets the least ("min") and greatest ("max") number of pixels of an image after resizing.

    Older image processors keep them as min_pixels and max_pixels; newer ones take these names but keep them as size's
    shortest_edge and longest_edge, which then count pixels in spite of their names. Raises ValueError for an image
    processor without such limits.
    """
    given = {name: value for name, value in pixels.items() if value is not None}
    images = processor.image_processor
    known = getattr(getattr(images, "valid_kwargs", None), "__annotations__", {})
    for name, value in given.items():
        attribute, edge = {"min": ("min_pixels", "shortest_edge"), "max": ("max_pixels", "longest_edge")}[name]
        if attribute not in known and not hasattr(images, attribute):
            raise ValueError(
                f"pixels: got {given}, but {type(images).__name__} has no such limit. Leave pixels out for this model."
            )
        if hasattr(images, attribute):
            setattr(images, attribute, value)
        images.size = type(images.size)(**{**dict(images.size), edge: value})
