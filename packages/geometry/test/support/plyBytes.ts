/** A PLY of `header` lines (between "ply" and "end_header") and body bytes. */
export function plyBytes(header: string[], body: Uint8Array, lineEnd = "\n"): Uint8Array {
  const head = new TextEncoder().encode(["ply", ...header, "end_header", ""].join(lineEnd));
  return Uint8Array.from([...head, ...body]);
}

/** The bytes that `write` puts into a buffer of `length`. */
export function bodyBytes(length: number, write: (view: DataView) => void): Uint8Array {
  const bytes = new Uint8Array(length);
  write(new DataView(bytes.buffer));
  return bytes;
}

/** A mesh laid out as ScanNet's: x, y, z as floats, colours as bytes, triangles. */
export function scanNetPly(positions: number[], faces: number[][], lineEnd = "\n"): Uint8Array {
  const vertexCount = positions.length / 3;
  const header = [
    "format binary_little_endian 1.0",
    "comment VCGLIB generated",
    `element vertex ${vertexCount}`,
    ...["x", "y", "z"].map((name) => `property float ${name}`),
    ...["red", "green", "blue", "alpha"].map((name) => `property uchar ${name}`),
    `element face ${faces.length}`,
    "property list uchar int vertex_indices",
  ];
  const body = bodyBytes(vertexCount * 16 + faces.length * 13, (view) => {
    for (const [index, value] of positions.entries()) {
      view.setFloat32(Math.floor(index / 3) * 16 + (index % 3) * 4, value, true);
    }
    for (const [face, corners] of faces.entries()) {
      const start = vertexCount * 16 + face * 13;
      view.setUint8(start, 3);
      for (const [index, corner] of corners.entries()) view.setInt32(start + 1 + index * 4, corner, true);
    }
  });
  return plyBytes(header, body, lineEnd);
}
