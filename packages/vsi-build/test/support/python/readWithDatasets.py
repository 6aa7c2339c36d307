"""Loads a dataset folder with Hugging Face's datasets, as its card says, and prints rows and features as JSON."""

import json
import sys

import datasets

folder, cache = sys.argv[1:]
loaded = datasets.load_dataset(folder, cache_dir=cache)
features = {split: rows.features._to_yaml_list() for split, rows in loaded.items()}
print(json.dumps({"rows": {split: list(rows) for split, rows in loaded.items()}, "features": features}))
