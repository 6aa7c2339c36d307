import pickle
from types import SimpleNamespace

import numpy
import pytest
import torch
from PIL import Image
from transformers.models.qwen2_vl.image_processing_pil_qwen2_vl import Qwen2VLImageProcessorPil
from vsi_trainer import frames as module
from vsi_trainer.frames import Cache, Frames, reuse_processed

LIMITS = {"shortest_edge": 56 * 56, "longest_edge": 16 * 28 * 28}


def processor() -> SimpleNamespace:
    return SimpleNamespace(image_processor=Qwen2VLImageProcessorPil(size=LIMITS))


def write(folder, name: str, size: tuple[int, int], seed: int = 0):
    path = folder / name
    pixels = numpy.random.default_rng(seed).integers(0, 256, (*size[::-1], 3), dtype=numpy.uint8)
    Image.fromarray(pixels).save(path)
    return str(path)


@pytest.mark.parametrize("size", [(640, 480), (97, 311), (20, 20), (1296, 968)])
def test_a_frame_is_shrunk_once_and_the_processor_makes_the_same_of_it_to_the_bit(tmp_path, size):
    path = write(tmp_path, "frame.png", size)
    small = Frames(processor()).open(path)
    assert small.width * small.height <= LIMITS["longest_edge"] and small.width % 28 == small.height % 28 == 0
    images = processor().image_processor
    before, after = (images(each, return_tensors="pt") for each in (Image.open(path), small))
    assert torch.equal(before["pixel_values"], after["pixel_values"])
    assert torch.equal(before["image_grid_thw"], after["image_grid_thw"])


def test_a_frame_that_many_rollouts_show_is_decoded_and_processed_once(tmp_path, monkeypatch):
    paths = [write(tmp_path, f"{at}.png", (100 + 60 * at, 90), at) for at in range(3)]
    opened, made = [], []
    real = Image.open
    monkeypatch.setattr(module.Image, "open", lambda path: opened.append(path) or real(path))
    patch = Qwen2VLImageProcessorPil.patchify
    monkeypatch.setattr(
        Qwen2VLImageProcessorPil, "patchify", lambda self, *given, **named: made.append(1) or patch(self, *given, **named)
    )
    given = processor()
    frames = Frames(given)
    rollouts = [[frames.open(path).copy() for path in paths] for _ in range(14)]
    assert len(opened) == 3
    plain = given.image_processor(rollouts, return_tensors="pt")
    assert len(made) == 14 * 3
    reuse_processed(given)
    for again in range(2):
        reused = given.image_processor(rollouts, return_tensors="pt")
        assert len(made) == 14 * 3 + 3, f"call {again}"
        assert torch.equal(reused["pixel_values"], plain["pixel_values"])
        assert torch.equal(reused["image_grid_thw"], plain["image_grid_thw"])
    # TRL's first call of a step asks for no tensors: it gets what it would have got.
    assert isinstance(given.image_processor(rollouts)["pixel_values"], numpy.ndarray)
    assert numpy.array_equal(given.image_processor(rollouts)["pixel_values"], plain["pixel_values"].numpy())


def test_other_settings_and_unknown_images_are_processed_anew(tmp_path):
    given = processor()
    reuse_processed(given)
    frame = Frames(given).open(write(tmp_path, "a.png", (200, 100)))
    normal = given.image_processor([frame], return_tensors="pt")["pixel_values"]
    raw = given.image_processor([frame], return_tensors="pt", do_normalize=False)["pixel_values"]
    assert not torch.equal(normal, raw)
    other = given.image_processor([Image.new("RGB", frame.size)], return_tensors="pt")["pixel_values"]
    assert not torch.equal(normal, other)


def test_a_remembering_processor_is_saved_by_its_own_name_and_survives_pickling(tmp_path):
    given = processor()
    reuse_processed(given)
    again = pickle.loads(pickle.dumps(given.image_processor))
    assert again.to_dict() == processor().image_processor.to_dict() == given.image_processor.to_dict()
    frame = pickle.loads(pickle.dumps(Frames(given).open(write(tmp_path, "a.png", (200, 100)))))
    assert torch.equal(
        again([frame], return_tensors="pt")["pixel_values"],
        given.image_processor([frame], return_tensors="pt")["pixel_values"],
    )


def test_a_frame_that_was_cut_is_named(tmp_path):
    path = tmp_path / "cut.jpg"
    Image.effect_noise((200, 200), 50).convert("RGB").save(path)
    path.write_bytes(path.read_bytes()[:2000])
    with pytest.raises(ValueError, match=r"cut\.jpg: got the error .*truncated"):
        Frames(None).open(str(path))


def test_a_cache_drops_what_was_not_used_for_longest():
    cache = Cache(largest=10)
    for name in "ab":
        cache.put(name, name.upper(), 5)
    assert cache.get("a") == "A"
    cache.put("c", "C", 5)
    assert [cache.get(name) for name in "abc"] == ["A", None, "C"]
    cache.put("large", "L", 100)
    assert cache.get("large") == "L"
    assert cache.get("c") is None
