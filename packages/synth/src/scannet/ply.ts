import { at } from "@vsi/dataset/internal";

/** What a mesh file holds. */
interface PlyMesh {
  /** x, y, z of each vertex: metres, the scanner's frame. */
  positions: Float32Array;
  /** Red, green, blue of each vertex. */
  colors: Uint8Array;
  /** Three vertex indices per triangle. */
  triangles: Int32Array;
}

const BYTES_PER_VERTEX = 16;
const BYTES_PER_FACE = 13;
const OPAQUE = 255;

/**
 * `<scanId>_vh_clean_2.ply`, byte for byte in the form that ScanNet's release has (binary little endian, written by
 * VCGLIB).
 */
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
  const bytes = new Uint8Array(header.length + BYTES_PER_VERTEX * vertexCount + BYTES_PER_FACE * faceCount);
  bytes.set(header);
  const view = new DataView(bytes.buffer);
  let offset = header.length;
  for (let i = 0; i < positions.length; i += 3, offset += BYTES_PER_VERTEX) {
    view.setFloat32(offset, at(positions, i), true);
    view.setFloat32(offset + 4, at(positions, i + 1), true);
    view.setFloat32(offset + 8, at(positions, i + 2), true);
    bytes[offset + 12] = at(colors, i);
    bytes[offset + 13] = at(colors, i + 1);
    bytes[offset + 14] = at(colors, i + 2);
    bytes[offset + 15] = OPAQUE;
  }
  for (let i = 0; i < triangles.length; i += 3, offset += BYTES_PER_FACE) {
    bytes[offset] = 3;
    view.setInt32(offset + 1, at(triangles, i), true);
    view.setInt32(offset + 5, at(triangles, i + 1), true);
    view.setInt32(offset + 9, at(triangles, i + 2), true);
  }
  return bytes;
}
