"""`python -m vsi_trainer.doctor`: versions, devices and memory as one JSON object, also where packages are missing."""

import importlib.metadata
import importlib.util
import json
import os
import platform
from typing import Any

# What the worker imports; the ready event and the doctor name the same packages.
PACKAGES = ("torch", "transformers", "trl", "peft", "accelerate", "datasets")
# What only some settings need.
OPTIONAL_PACKAGES = ("torchvision", "vllm", "deepspeed", "flash_attn", "bitsandbytes")


def versions() -> dict[str, str | None]:
    """Python's version and the packages', None for one that is not installed."""
    return {"python": platform.python_version(), **{name: _version(name) for name in PACKAGES}}


def report() -> dict[str, Any]:
    """Versions, devices (memory in bytes), processor cores and main memory in bytes."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") if hasattr(os, "sysconf") else None
    return {
        "versions": versions(),
        "optional": {name: _version(name) for name in OPTIONAL_PACKAGES},
        "devices": _devices(),
        "cores": os.cpu_count(),
        "memory": memory,
    }


def _version(name: str) -> str | None:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return None


def _devices() -> list[dict[str, Any]]:
    if importlib.util.find_spec("torch") is None:
        return []
    import torch

    if torch.cuda.is_available():
        found = [torch.cuda.get_device_properties(index) for index in range(torch.cuda.device_count())]
        return [{"kind": "cuda", "name": device.name, "memory": device.total_memory} for device in found]
    return [{"kind": "cpu", "name": platform.machine(), "memory": None}]


if __name__ == "__main__":
    print(json.dumps(report()))
