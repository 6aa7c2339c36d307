"""The metadata of VLM-3R's generator (arXiv 2505.20279), rebuilt from its description: no code of theirs.

For each scan the axis-aligned and the oriented box of each object (along principal axes, as Open3D fits it; here with
numpy), counts by label, and the room's size and centre: the alpha shape (alpha = 5) by the package alphashape of 10,000
vertices on the floor, and a JSON file of all of it.

    python metadata.py scans.json    answers each line of standard input, once all scans are read and written: {"cpu": ms}
"""

import json
import sys
import time
from collections import Counter

import alphashape
import numpy as np

from scan import read_alignment, read_positions

ALPHA = 5
AREA_POINTS = 10_000


def oriented_box(points):
    mean = points.mean(0)
    _, axes = np.linalg.eigh(np.cov(points.T)) if len(points) > 1 else (None, np.eye(3))
    along = (points - mean) @ axes
    low, high = along.min(0), along.max(0)
    return {
        "centroid": (mean + axes @ ((low + high) / 2)).tolist(),
        "axesLengths": (high - low).tolist(),
        "normalizedAxes": axes.T.ravel().tolist(),
        "min": points.min(0).tolist(),
        "max": points.max(0).tolist(),
    }


def metadata(paths):
    alignment = read_alignment(paths["scanInfo"])
    positions = read_positions(paths["mesh"]) @ alignment[:3, :3].T + alignment[:3, 3]
    with open(paths["segments"]) as file:
        segments = np.array(json.load(file)["segIndices"])
    with open(paths["aggregation"]) as file:
        groups = json.load(file)["segGroups"]
    boxes = {}
    for group in groups:
        points = positions[np.isin(segments, group["segments"])]
        boxes.setdefault(group["label"], []).append(oriented_box(points))
    chosen = np.random.default_rng(0).choice(len(positions), min(AREA_POINTS, len(positions)), replace=False)
    shape = alphashape.alphashape(positions[chosen, :2], ALPHA)
    return {
        "room_size": shape.area,
        "room_center": ((positions.min(0) + positions.max(0)) / 2).tolist(),
        "object_counts": Counter(group["label"] for group in groups),
        "object_bboxes": boxes,
    }


if __name__ == "__main__":
    with open(sys.argv[1]) as file:
        scans = json.load(file)
    for line in sys.stdin:
        start = time.process_time()
        for paths in scans:
            with open(paths["out"], "w") as file:
                json.dump(metadata(paths), file)
        print(json.dumps({"cpu": 1000 * (time.process_time() - start)}), flush=True)
