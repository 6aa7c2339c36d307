"""Reads a .sens file with nothing but the layout that ScanNet's reader (SensReader/python/SensorData.py) expects, and prints it as JSON."""

import hashlib
import json
import struct
import sys
import zlib


def take(stream, layout):
    # "<": ScanNet's reader takes the machine's own order and sizes, which are these.
    size = struct.calcsize("<" + layout)
    return struct.unpack("<" + layout, stream.read(size))


def text(numbers):
    # JSON has no infinities; repr keeps every bit.
    return [repr(number) for number in numbers]


def read_frame(stream, depth_compression):
    pose = take(stream, "16f")
    time_color, time_depth, color_bytes, depth_bytes = take(stream, "4Q")
    color = stream.read(color_bytes)
    depth = stream.read(depth_bytes)
    if depth_compression == 1:
        depth = zlib.decompress(depth)
    return {
        "pose": text(pose),
        "times": [time_color, time_depth],
        "sizes": [color_bytes, depth_bytes],
        "color": hashlib.md5(color).hexdigest(),
        "depth": hashlib.md5(depth).hexdigest(),
    }


with open(sys.argv[1], "rb") as stream:
    (version,) = take(stream, "I")
    (name_bytes,) = take(stream, "Q")
    name = stream.read(name_bytes).decode()
    matrices = [take(stream, "16f") for _ in range(4)]
    compressions = take(stream, "2i")
    sizes = take(stream, "4I")
    (depth_shift,) = take(stream, "f")
    (frame_count,) = take(stream, "Q")
    frames = [read_frame(stream, compressions[1]) for _ in range(frame_count)]
    (imu_count,) = take(stream, "Q")
    imu = [take(stream, "15dQ") for _ in range(imu_count)]
    rest = len(stream.read())

print(
    json.dumps(
        {
            "version": version,
            "name": name,
            "matrices": [text(matrix) for matrix in matrices],
            "compressions": compressions,
            "sizes": sizes,
            "depthShift": depth_shift,
            "frames": frames,
            "imu": [text(row) for row in imu],
            "rest": rest,
        }
    )
)
