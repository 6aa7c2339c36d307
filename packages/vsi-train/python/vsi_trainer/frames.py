"""Frames: decoded, shrunk and turned into the model's input once, however many rollouts show them.

GRPO's sampler asks for a question's row once per rollout, and TRL 1.13 runs the image processor twice per step: without
this, 14 rollouts of 16 frames are 224 decodings and 448 runs of the processor, while the GPU waits.
"""

import sys
from collections import OrderedDict
from collections.abc import Callable
from typing import Any

import numpy
import torch
from PIL import Image
from transformers import BaseImageProcessor, BatchFeature, ProcessorMixin
from transformers.image_utils import make_flat_list_of_images

# Where a frame carries the path it was decoded from: Pillow keeps `info` when an image is copied, converted or pickled,
# as transformers and the data loader do. Object identity would not survive either.
KEY = "vsi_frame"
# A few questions' frames: 16 of 128 tokens are 5 MB decoded and 39 MB as float32 patches.
LARGEST_CACHE = 512 * 1024 * 1024


class Cache:
    """Keeps what was used last, up to a number of bytes."""

    def __init__(self, largest: int = LARGEST_CACHE) -> None:
        self._largest = largest
        self._bytes = 0
        self._kept: OrderedDict[Any, tuple[Any, int]] = OrderedDict()

    def get(self, key: Any) -> Any | None:
        """What is kept under the key, or None."""
        if key not in self._kept:
            return None
        self._kept.move_to_end(key)
        return self._kept[key][0]

    def put(self, key: Any, value: Any, size: int) -> None:
        """Keeps a value of `size` bytes and drops what was not used for longest."""
        self._bytes += size - (self._kept.pop(key, (None, 0))[1])
        self._kept[key] = (value, size)
        while self._bytes > self._largest and len(self._kept) > 1:
            self._bytes -= self._kept.popitem(last=False)[1][1]


class Frames:
    """Opens frames by path, each shrunk once to the size that the image processor would give it.

    So whoever sees a frame after this (TRL, a generator of its own) counts the same tokens for it.
    """

    def __init__(self, processor: ProcessorMixin | None) -> None:
        self._size = None if processor is None else _sizes(processor.image_processor)
        self._resample = None if processor is None else getattr(processor.image_processor, "resample", None)
        self._decoded = Cache()

    def open(self, path: str) -> Image.Image:
        """The frame in RGB. Raises ValueError with its path when it cannot be decoded."""
        frame = self._decoded.get(path)
        if frame is not None:
            return frame
        try:
            with Image.open(path) as file:
                frame = file.convert("RGB")
        except OSError as error:
            raise ValueError(
                f"{path}: got the error {error}, expected a whole image. Was it truncated or moved since the run started?"
            ) from error
        if self._size is not None and frame.size != (size := self._size(*frame.size)):
            frame = frame.resize(size, self._resample)
        frame.info[KEY] = path
        self._decoded.put(path, frame, frame.width * frame.height * 3)
        return frame


def _sizes(images: BaseImageProcessor) -> Callable[[int, int], tuple[int, int]] | None:
    """The (width, height) an image processor of Qwen's kind resizes to; None for one whose rule is not known."""
    smart_resize = getattr(sys.modules[type(images).__module__], "smart_resize", None)
    smallest, largest = (getattr(images.size, edge, None) for edge in ("shortest_edge", "longest_edge"))
    if smart_resize is None or smallest is None or largest is None or not getattr(images, "do_resize", False):
        return None
    factor = images.patch_size * images.merge_size

    def size(width: int, height: int) -> tuple[int, int]:
        rows, columns = smart_resize(height, width, factor=factor, min_pixels=smallest, max_pixels=largest)
        return columns, rows

    return size


def reuse_processed(processor: ProcessorMixin) -> None:
    """Makes the image processor remember what it made of a frame; what it returns stays the same, bit for bit."""
    images = processor.image_processor
    if _sizes(images) is not None and not isinstance(images, _Remembering):
        images.__class__ = _remembering(type(images))


class _Remembering:
    """Laid over an image processor's class; frames without a path, and arguments by position, pass it by."""

    _processed: Cache

    def __call__(self, images: Any, *arguments: Any, **settings: Any) -> BatchFeature:
        flat = [] if images is None else make_flat_list_of_images(images)
        keys = [(getattr(image, "info", {}).get(KEY), image.size, repr(sorted(settings.items()))) for image in flat]
        if arguments or not flat or any(path is None for path, _, _ in keys):
            return super().__call__(images, *arguments, **settings)
        found = {key: self._processed.get(key) for key in keys}
        missing = {key: image for key, image in zip(keys, flat, strict=True) if found[key] is None}
        if missing:
            made = super().__call__(list(missing.values()), **settings)
            if made.keys() != {"pixel_values", "image_grid_thw"}:
                return super().__call__(images, **settings)
            ends = numpy.cumsum([int(numpy.prod(numpy.asarray(grid))) for grid in made["image_grid_thw"]])
            for at, key in enumerate(missing):
                # Copies: a slice would hold on to the whole batch.
                pixels = _copy(made["pixel_values"][ends[at - 1] if at else 0 : ends[at]])
                found[key] = (pixels, _copy(made["image_grid_thw"][at : at + 1]))
                self._processed.put(key, found[key], pixels.nbytes)
        pixels, grids = zip(*(found[key] for key in keys), strict=True)
        return BatchFeature({"pixel_values": _join(pixels), "image_grid_thw": _join(grids)})

    def __reduce__(self) -> tuple:
        # A class made at run time has no name to be pickled by; a loader's worker may be given the processor.
        return _restore, (type(self).__mro__[2], dict(self.__dict__))


def _remembering(family: type[BaseImageProcessor]) -> type[BaseImageProcessor]:
    # It keeps the name: a saved processor is loaded by it, by people without this module.
    return type(family.__name__, (_Remembering, family), {"_processed": Cache(), "__module__": family.__module__})


def _restore(family: type[BaseImageProcessor], content: dict[str, Any]) -> BaseImageProcessor:
    images = family.__new__(family)
    images.__dict__.update(content)
    images.__class__ = _remembering(family)
    return images


def _copy(values: Any) -> Any:
    return values.clone() if isinstance(values, torch.Tensor) else numpy.array(values)


def _join(parts: tuple) -> Any:
    return torch.cat(parts) if isinstance(parts[0], torch.Tensor) else numpy.concatenate(parts)
