import { copyFaces } from "./copyFaces.ts";
import { PLY_FILE_DEFAULTS, type PlyFileOptions, parsePlyHeader } from "./plyHeader.ts";
import { locateMesh } from "./plyMeshLayout.ts";
import { checkPlySize } from "./plyVertexLayout.ts";

/**
 * Reads the triangles of a binary little-endian PLY, such as ScanNet's `<scanId>_vh_clean_2.ply`. Other scalar properties
 * may stand beside a face's corners; bytes after the last element are ignored.
 *
 * @param bytes The whole file.
 * @returns Three vertices a face, in the file's order.
 * @throws GeometryError "ply-no-header", "ply-header-without-end", "ply-bad-header", "ply-no-vertices", "ply-no-faces",
 * "ply-truncated", "ply-bad-face" for a face that is no triangle or has a corner that is no vertex, or "ply-unusual" for
 * another format or lists outside the faces.
 */
export function readFaces(bytes: Uint8Array, options: Partial<PlyFileOptions> = {}): Int32Array {
  const { file } = { ...PLY_FILE_DEFAULTS, ...options };
  const header = parsePlyHeader(bytes, { file });
  const { vertices, faces } = locateMesh(header, file);
  checkPlySize(header, bytes.length, file);
  const block = bytes.subarray(faces.start, faces.start + faces.count * faces.stride);
  return copyFaces(block, faces, vertices.count, file);
}
