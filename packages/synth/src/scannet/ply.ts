/** What a mesh file holds. */
interface PlyMesh {
  /** x, y, z of each vertex: metres, the scanner's frame. */
  positions: Float32Array;
  /** Red, green, blue of each vertex. */
  colors: Uint8Array;
  /** Three vertex indices a triangle. */
  triangles: Int32Array;
}

const bytesPerVertex = 16;
const bytesPerFace = 13;
const opaque = 255;

/** `<scanId>_vh_clean_2.ply`, byte for byte in the form that ScanNet's release has (binary little endian, written by VCGLIB). */
export function writePly({ positions, colors, triangles }: PlyMesh): Uint8Array {
  const vertexCount = positions.length / 3;
  const faceCount = triangles.length / 3;
  const header = new TextEncoder().encode(
    [
      "ply",
      "format binary_little_endian 1.0",
      "comment VCGLIB generated",
      `element vertex ${vertexCount}`,
      "property float x",
      "property float y",
      "property float z",
      "property uchar red",
      "property uchar green",
      "property uchar blue",
      "property uchar alpha",
      `element face ${faceCount}`,
      "property list uchar int vertex_indices",
      "end_header",
      "",
    ].join("\n"),
  );
  const bytes = new Uint8Array(header.length + bytesPerVertex * vertexCount + bytesPerFace * faceCount);
  bytes.set(header);
  const view = new DataView(bytes.buffer);
  let at = header.length;
  for (let i = 0; i < positions.length; i += 3, at += bytesPerVertex) {
    view.setFloat32(at, positions[i], true);
    view.setFloat32(at + 4, positions[i + 1], true);
    view.setFloat32(at + 8, positions[i + 2], true);
    bytes[at + 12] = colors[i];
    bytes[at + 13] = colors[i + 1];
    bytes[at + 14] = colors[i + 2];
    bytes[at + 15] = opaque;
  }
  for (let i = 0; i < triangles.length; i += 3, at += bytesPerFace) {
    bytes[at] = 3;
    view.setInt32(at + 1, triangles[i], true);
    view.setInt32(at + 5, triangles[i + 1], true);
    view.setInt32(at + 9, triangles[i + 2], true);
  }
  return bytes;
}
