import torch
from vsi_trainer.__main__ import in_words


def test_a_full_gpu_says_which_flags_help():
    words = in_words(torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 9.00 GiB.\nSee PYTORCH_CUDA_ALLOC_CONF"))
    assert words.startswith("CUDA out of memory. Tried to allocate 9.00 GiB. Lower --max-pixels, or --batch with")
    assert in_words(ValueError("rows:3: no")) == "rows:3: no"
    assert in_words(KeyError()) == "KeyError"
