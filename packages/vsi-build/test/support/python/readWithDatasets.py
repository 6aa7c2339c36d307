"""Loads dataset folders with Hugging Face's datasets, as their cards say, and prints rows and features of each as JSON."""

import json
import sys

import datasets


def read(folder, cache):
    loaded = datasets.load_dataset(folder, cache_dir=cache)
    features = {split: rows.features._to_yaml_list() for split, rows in loaded.items()}
    return {"rows": {split: list(rows) for split, rows in loaded.items()}, "features": features}


cache, *folders = sys.argv[1:]
print(json.dumps([read(folder, cache) for folder in folders]))
