"""A scan's files to a result file with numpy and scipy, as well as we know how: no loop over vertices or triangles.

It does less than vsi-build: boxes, centroids, distances of centroids and the room's area, no refusals, no questions in
words, no checks of the files, and the area of 10,000 vertices instead of the outline of all.

    python scan.py scans.json    answers each line of standard input with one of JSON:
        positions    reads the first scan's vertices: {"cpu": milliseconds}
        scan         reads all scans and writes a file each: {"cpu": milliseconds}
        check        {"positions": of the first scan, summed, "scans": [{"area": m2, "sizes": {object id: [m, m, m]}}]}
"""

import json
import sys
import time

import numpy as np
import orjson
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components
from scipy.spatial import ConvexHull, Delaunay, QhullError
from scipy.spatial.distance import pdist, squareform

TYPES = {"float": "<f4", "double": "<f8", "uchar": "u1", "uint8": "u1", "int": "<i4", "short": "<i2", "float32": "<f4"}
ALPHA_RADIUS = 0.2
AREA_POINTS = 10_000


def read_positions(path):
    with open(path, "rb") as file:
        start = file.read(4096)
        length = start.index(b"end_header\n") + len(b"end_header\n")
        fields, count, element = [], 0, None
        for words in (line.split() for line in start[:length].decode().splitlines()):
            if words[0] == "element":
                element = words[1]
                count = int(words[2]) if element == "vertex" else count
            elif words[0] == "property" and element == "vertex":
                fields.append((words[2], TYPES[words[1]]))
        file.seek(length)
        vertices = np.fromfile(file, np.dtype(fields), count)
    positions = np.empty((count, 3), np.float32)
    for axis, name in enumerate("xyz"):
        positions[:, axis] = vertices[name]
    return positions


def read_alignment(path):
    with open(path) as file:
        for line in file:
            if line.startswith("axisAlignment"):
                return np.array(line.split("=")[1].split(), float).reshape(4, 4)
    return np.eye(4)


def load_json(path):
    with open(path, "rb") as file:
        return orjson.loads(file.read())


def upright_box(points):
    """The rectangle of smallest area on the floor, and the height."""
    floor = points[:, :2]
    try:
        hull = floor[ConvexHull(floor).vertices]
    except QhullError:
        hull = floor[:: max(1, len(floor) // 100)]
    edges = np.roll(hull, -1, 0) - hull
    lengths = np.hypot(edges[:, 0], edges[:, 1])
    along = edges[lengths > 0] / lengths[lengths > 0, None]
    if len(along) == 0:
        along = np.array([[1.0, 0.0]])
    across = np.stack([-along[:, 1], along[:, 0]], 1)
    u, v = hull @ along.T, hull @ across.T
    low_u, high_u, low_v, high_v = u.min(0), u.max(0), v.min(0), v.max(0)
    best = np.argmin((high_u - low_u) * (high_v - low_v))
    sides = high_u[best] - low_u[best], high_v[best] - low_v[best]
    middle = (low_u[best] + high_u[best]) / 2 * along[best] + (low_v[best] + high_v[best]) / 2 * across[best]
    low, high = points[:, 2].min(), points[:, 2].max()
    axis = along[best] if sides[0] >= sides[1] else across[best]
    return {"center": [*middle, (low + high) / 2], "size": [max(sides), min(sides), high - low], "axis": axis}


def room_area(positions):
    """The alpha shape of a sample of all vertices on the floor, enclosed holes filled."""
    chosen = np.random.default_rng(0).choice(len(positions), min(AREA_POINTS, len(positions)), replace=False)
    floor = positions[chosen, :2]
    triangles = Delaunay(floor)
    a, b, c = (floor[triangles.simplices[:, corner]] for corner in range(3))
    doubled = np.abs((b - a)[:, 0] * (c - a)[:, 1] - (b - a)[:, 1] * (c - a)[:, 0])
    sides = [np.hypot(*(p - q).T) for p, q in ((a, b), (b, c), (c, a))]
    with np.errstate(divide="ignore", invalid="ignore"):
        kept = sides[0] * sides[1] * sides[2] / (2 * doubled) < ALPHA_RADIUS
    # Triangles that are left out and hang together with the outside, number `count`, are no hole.
    count = len(kept)
    neighbours = np.where(triangles.neighbors < 0, count, triangles.neighbors)
    is_out = np.append(~kept, True)
    rows = np.repeat(np.arange(count), 3)
    both = is_out[rows] & is_out[neighbours.ravel()]
    links = coo_matrix((np.ones(both.sum(), bool), (rows[both], neighbours.ravel()[both])), (count + 1, count + 1))
    _, parts = connected_components(links, directed=False)
    return doubled[parts[:count] != parts[count]].sum() / 2


def read_scan(paths):
    alignment = read_alignment(paths["scanInfo"])
    positions = read_positions(paths["mesh"]) @ alignment[:3, :3].T + alignment[:3, 3]
    segments = np.array(load_json(paths["segments"])["segIndices"], np.int32)
    groups = load_json(paths["aggregation"])["segGroups"]
    group_of = np.full(segments.max() + 1, -1, np.int32)
    for place, group in enumerate(groups):
        group_of[group["segments"]] = place
    owners = group_of[segments]
    order = np.argsort(owners, kind="stable")
    order = order[np.searchsorted(owners[order], 0) :]
    points, owners = positions[order], owners[order]
    starts = np.flatnonzero(np.diff(owners, prepend=-1))
    sizes = np.diff(starts, append=len(owners))
    centroids = np.add.reduceat(points, starts) / sizes[:, None]
    lows, highs = np.minimum.reduceat(points, starts), np.maximum.reduceat(points, starts)
    objects = [
        {
            "id": groups[owners[start]]["objectId"],
            "label": groups[owners[start]]["label"],
            "points": size,
            "centroid": centroids[place],
            "box": upright_box(points[start : start + size]),
            "min": lows[place],
            "max": highs[place],
        }
        for place, (start, size) in enumerate(zip(starts, sizes))
    ]
    return {"area": room_area(positions), "objects": objects, "distances": squareform(pdist(centroids))}


def run(word, scans):
    if word == "positions":
        return read_positions(scans[0]["mesh"])
    for paths in scans:
        result = orjson.dumps(read_scan(paths), option=orjson.OPT_SERIALIZE_NUMPY)
        with open(paths["out"], "wb") as file:
            file.write(result)


def check(scans):
    results = [read_scan(paths) for paths in scans]
    sizes = [{entry["id"]: list(map(float, entry["box"]["size"])) for entry in result["objects"]} for result in results]
    return {
        "positions": float(read_positions(scans[0]["mesh"]).sum(dtype=float)),
        "scans": [{"area": float(result["area"]), "sizes": size} for result, size in zip(results, sizes)],
    }


if __name__ == "__main__":
    with open(sys.argv[1]) as file:
        scans = json.load(file)
    for line in sys.stdin:
        start = time.process_time()
        if line.strip() == "check":
            answer = check(scans)
        else:
            run(line.strip(), scans)
            answer = {"cpu": 1000 * (time.process_time() - start)}
        print(json.dumps(answer), flush=True)
