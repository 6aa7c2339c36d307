import { PLY_FILE_DEFAULTS, type PlyFileOptions, parsePlyHeader } from "./plyHeader.ts";
import { readUnusualPly } from "./readUnusualPly.ts";
import { readUsualPositions } from "./readVertexPositions.ts";

/**
 * Reads the vertex positions of any PLY: the usual kind as `readVertexPositions` does, the rest (ASCII, big endian, lists
 * before the vertices) with @loaders.gl/ply.
 *
 * @param bytes The whole file.
 * @returns x, y, z of every vertex in the file's order and units (metres in ScanNet, +Z up, not yet axis aligned).
 * @throws GeometryError "ply-no-header", "ply-header-without-end", "ply-bad-header", "ply-no-vertices", "ply-truncated",
 * "ply-not-finite" or "ply-unreadable".
 */
export async function parsePlyPositions(
  bytes: Uint8Array,
  options: Partial<PlyFileOptions> = {},
): Promise<Float32Array> {
  const { file } = { ...PLY_FILE_DEFAULTS, ...options };
  const header = parsePlyHeader(bytes, { file });
  return readUsualPositions(bytes, header, file) ?? (await readUnusualPly(bytes, header, file));
}
