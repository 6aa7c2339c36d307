import { BYTES, checkArguments, checkOptions } from "@vsi/dataset/internal";
import { GeometryError } from "../errors.ts";
import { readUnusualPly } from "./generalReader.ts";
import { PLY_FILE_DEFAULTS, type PlyFileOptions, type PlyHeader, parsePlyHeader } from "./header.ts";
import { checkPlySize, copyPositions, locateVertices } from "./vertices.ts";

/**
 * Reads the vertex positions of any PLY: the usual kind as `readVertexPositions` does, the rest (ASCII, big endian,
 * lists before the vertices) with @loaders.gl/ply.
 *
 * @param bytes The whole file.
 * @returns x, y, z of every vertex in the file's order and units (metres in ScanNet, +Z up, not yet axis aligned).
 * @throws GeometryError "ply-no-header", "ply-header-without-end", "ply-bad-header", "ply-no-vertices", "ply-truncated",
 * "ply-not-finite" or "ply-unreadable".
 *
 * @example
 * ```js
 * import { parsePlyPositions } from "@vsi/geometry";
 *
 * const header = ["ply", "format ascii 1.0", "element vertex 2", "property float x", "property float y", "property float z"];
 * const text = [...header, "end_header", "0 0 1", "2 0 1", ""].join("\n");
 * console.log([...(await parsePlyPositions(new TextEncoder().encode(text)))].join(" ")); // 0 0 1 2 0 1
 * ```
 */
export async function parsePlyPositions(
  bytes: Uint8Array,
  options: Partial<PlyFileOptions> = {},
): Promise<Float32Array> {
  checkArguments("parsePlyPositions", { bytes: [bytes, BYTES] });
  checkOptions(options, PLY_FILE_DEFAULTS, "parsePlyPositions");
  const { file } = { ...PLY_FILE_DEFAULTS, ...options };
  const header = parsePlyHeader(bytes, { file });
  return readUsualPositions(bytes, header, file) ?? (await readUnusualPly(bytes, header, file));
}

/**
 * Reads the vertex positions of a binary little-endian PLY, such as ScanNet's `<scanId>_vh_clean_2.ply`, without
 * touching its faces. Other scalar properties of any type may stand before, between and after x, y, z; bytes after the
 * last element are ignored.
 *
 * @param bytes The whole file.
 * @returns x, y, z of every vertex in the file's order and units (metres in ScanNet, +Z up, not yet axis aligned).
 * @throws GeometryError "ply-no-header", "ply-header-without-end", "ply-bad-header", "ply-no-vertices", "ply-truncated",
 * "ply-not-finite", or "ply-unusual" for a PLY that only `parsePlyPositions` reads.
 */
export function readVertexPositions(bytes: Uint8Array, options: Partial<PlyFileOptions> = {}): Float32Array {
  checkOptions(options, PLY_FILE_DEFAULTS, "readVertexPositions");
  const { file } = { ...PLY_FILE_DEFAULTS, ...options };
  const header = parsePlyHeader(bytes, { file });
  return readUsualPositions(bytes, header, file) ?? refuseUnusualPly(header, file);
}

/**
 * `readVertexPositions` behind a header that is already parsed.
 *
 * @returns Null when the PLY needs a general parser.
 */
export function readUsualPositions(bytes: Uint8Array, header: PlyHeader, file: string): Float32Array | null {
  const layout = locateVertices(header, file);
  checkPlySize(header, bytes.length, file);
  if (layout === null) return null;
  return copyPositions(bytes.subarray(layout.start, layout.start + layout.count * layout.stride), layout, file);
}

/** @throws GeometryError "ply-unusual", always. */
export function refuseUnusualPly(header: PlyHeader, file: string): never {
  throw new GeometryError("ply-unusual", {
    file,
    place: "header",
    got: `format ${header.format} with elements ${header.elements.map((element) => element.name).join(", ")}`,
    expected: "binary_little_endian without lists before the end of element vertex",
    advice: "Read it with parsePlyPositions, which takes every PLY.",
  });
}
