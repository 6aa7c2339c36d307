import torch
from vsi_trainer.__main__ import in_words


def test_a_full_gpu_says_which_flags_help():
    words = in_words(torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 9.00 GiB.\nSee PYTORCH_CUDA_ALLOC_CONF"))
    assert words.startswith("CUDA out of memory. Tried to allocate 9.00 GiB. Lower --max-pixels, or --batch with")
    assert in_words(ValueError("rows:3: no")) == "rows:3: no"
    assert in_words(KeyError()) == "KeyError"


def test_regression_what_a_process_says_of_another_that_is_gone_was_shown_as_the_cause():
    gloo = RuntimeError("[pair.cc:537] Read error [127.0.0.1]:25296: Connection reset by peer. GLHF!\nmore")
    assert in_words(gloo).startswith("another training process ended, whose own words or end are the cause; got [pair.cc")
    assert "more" not in in_words(gloo)
