"""Runs a dataset card's Python example as it stands, in the dataset's folder, and shows what each reader makes of the pictures, as JSON."""

import json
import os
import re
import sys
from pathlib import Path

folder, cache = sys.argv[1:]
os.environ["HF_HOME"] = cache  # Before anything imports datasets.
os.chdir(folder)

try:
    import duckdb
    import polars
except ImportError:  # The trainer's Python, which has torch.
    duckdb = polars = None

card = Path(folder, "README.md").read_text()
[code] = re.findall(r"```python\n(.*?)```", card, re.S)
scope = {}
exec(compile(code, "README.md", "exec"), scope)
questions, collate = scope["questions"], scope["collate"]
shown = {"rows": len(questions), "features": str(questions.features.get("images"))}

try:
    from torch.utils.data import DataLoader

    batches = list(DataLoader(questions, batch_size=4, collate_fn=collate))
    shown["torch"] = True
except ImportError:
    rows = [questions[place] for place in range(len(questions))]
    batches = [collate(rows[place : place + 4]) for place in range(0, len(rows), 4)]
    shown["torch"] = False
shown["ids"] = [one for batch in batches for one in batch["id"]]
shown["sizes"] = [[picture.size for picture in pictures] for batch in batches for pictures in batch["pictures"]]


if duckdb is None:
    print(json.dumps(shown))
    sys.exit()


def paths_of(frames, scene):
    return [f"frames/{scene}/{name}" for name in frames or []]


jsonl = str(Path(folder, "data", "train.jsonl"))
shown["duckdbJsonl"] = [
    paths_of(frames, scene)
    for frames, scene in duckdb.sql(f"select frames, scene_name from read_json('{jsonl}')").fetchall()
]
shown["polarsJsonl"] = [
    paths_of(row["frames"], row["scene_name"])
    for row in polars.read_ndjson(jsonl, infer_schema_length=None).iter_rows(named=True)
]
parquet = str(Path(folder, "data", "train-*.parquet"))
if list(Path(folder, "data").glob("train-*.parquet")):
    found = duckdb.sql(f"select images from read_parquet('{parquet}')").fetchall()
    shown["duckdbParquet"] = [[(image["path"], len(image["bytes"] or b"")) for image in images] for (images,) in found]
    table = polars.read_parquet(parquet)
    shown["polarsParquet"] = [
        [(image["path"], len(image["bytes"] or b"")) for image in images] for images in table["images"].to_list()
    ]
print(json.dumps(shown))
