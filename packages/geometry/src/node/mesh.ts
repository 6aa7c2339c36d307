import { checkArguments, checkOptions, PATH } from "@vsi/dataset/internal";
import { GeometryError } from "../errors.ts";
import { copyFaces, locateMesh } from "../ply/faces.ts";
import { readGeneralMesh } from "../ply/generalMesh.ts";
import { readUnusualPly } from "../ply/generalReader.ts";
import {
  MAXIMUM_PLY_HEADER_BYTES,
  PLY_FILE_DEFAULTS,
  type PlyFileOptions,
  type PlyHeader,
  parsePlyHeader,
} from "../ply/header.ts";
import { checkPlySize, copyColors, copyPositions, locateVertices, type PlyVertexLayout } from "../ply/vertices.ts";
import { withScanMemory } from "../scanMemory.ts";
import { type OpenFile, openNow, readBlockNow } from "./filesNow.ts";

/** A triangle mesh as its file holds it. */
export interface Mesh {
  /** x, y, z of every vertex in the file's order and units (metres in ScanNet, +Z up, not yet axis aligned). */
  positions: Float32Array;
  /** Three vertices per face, in the file's order. */
  faces: Int32Array;
}

/** A mesh with the red, green and blue of every vertex, 0 to 255; null for a file without them. */
export interface ColoredMesh extends Mesh {
  colors: Uint8Array | null;
}

/**
 * Reads vertices and triangles of a mesh file, binary or ASCII.
 *
 * @param options `file`: the name in messages; the path by default.
 * @throws GeometryError with the codes of `readFaces` (but for "ply-unusual"), `readMeshPositions` and `readGeneralMesh`.
 */
export async function readMesh(path: string, options: Partial<PlyFileOptions> = {}): Promise<Mesh> {
  checkOptions(options, PLY_FILE_DEFAULTS, "readMesh");
  const { positions, faces } = await readAnyMesh(path, options.file, () => null);
  return { positions, faces };
}

/** `readMesh` with the vertices' colours, which a build has no use for. */
export async function readColoredMesh(path: string, options: Partial<PlyFileOptions> = {}): Promise<ColoredMesh> {
  checkOptions(options, PLY_FILE_DEFAULTS, "readColoredMesh");
  return readAnyMesh(path, options.file, copyColors);
}

/** The usual kind of file block by block, any other number by number. */
async function readAnyMesh(
  path: string,
  file: string = path.replaceAll("\\", "/"),
  colorsOf: (block: Uint8Array, layout: PlyVertexLayout) => Uint8Array | null,
): Promise<ColoredMesh> {
  try {
    return readMeshNow(path, file, colorsOf);
  } catch (error) {
    if (!(error instanceof GeometryError) || error.code !== "ply-unusual") throw error;
  }
  const positions = await readUnusualPositions(path, file);
  const bytes = openNow(path, file, (opened) => readBlockNow(opened, 0, opened.size));
  const header = parsePlyHeader(bytes, { file });
  checkPlySize(header, bytes.length, file);
  return { positions, ...readGeneralMesh(bytes, header, positions.length / 3, file) };
}

function readMeshNow(
  path: string,
  file: string,
  colorsOf: (block: Uint8Array, layout: PlyVertexLayout) => Uint8Array | null,
): ColoredMesh {
  return openNow(path, file, (opened) => {
    const header = readHeader(opened);
    const { vertices, faces } = locateMesh(header, file);
    checkPlySize(header, opened.size, file);
    const vertexBlock = readBlockNow(opened, vertices.start, vertices.count * vertices.stride);
    const positions = copyPositions(vertexBlock, vertices, file);
    const colors = colorsOf(vertexBlock, vertices);
    const faceBlock = readBlockNow(opened, faces.start, faces.count * faces.stride);
    return { positions, colors, faces: copyFaces(faceBlock, faces, vertices.count, file) };
  });
}

/**
 * Reads the vertex positions of a mesh file: of the usual kind only the header and the vertex block, so that faces cost
 * nothing; whether they are complete is told from the file's size.
 *
 * @param options `file`: the name in messages; the path by default.
 * @returns x, y, z of every vertex in the file's order and units (metres in ScanNet, +Z up, not yet axis aligned).
 * @throws GeometryError with the codes of `parsePlyPositions` and of `openNow`.
 *
 * @example
 * ```js
 * import { readMeshPositions } from "@vsi/geometry/node";
 *
 * const positions = await readMeshPositions("raw/scans/scene9000_00/scene9000_00_vh_clean_2.ply");
 * console.log(`${positions.length / 3} vertices`); // 20011 vertices
 * ```
 */
export async function readMeshPositions(path: string, options: Partial<PlyFileOptions> = {}): Promise<Float32Array> {
  checkArguments("readMeshPositions", { path: [path, PATH] });
  checkOptions(options, PLY_FILE_DEFAULTS, "readMeshPositions");
  const { file } = { file: path.replaceAll("\\", "/"), ...options };
  // The vertex block goes into the thread's memory and only the positions leave it: 0.97 ms of CPU for 150,000 vertices,
  // 1.24 with a new block of 2.4 MB each time, whose pages the system clears first.
  const usual = withScanMemory(() => readUsualPositions(path, file)?.slice() ?? null);
  return usual ?? readUnusualPositions(path, file);
}

/** `readMeshPositions` of the usual kind of file, at once; null for any other. The array is of `take`'s. */
export function readUsualPositions(path: string, file: string): Float32Array | null {
  return openNow(path, file, (opened) => {
    const header = readHeader(opened);
    const layout = locateVertices(header, file);
    checkPlySize(header, opened.size, file);
    if (layout === null) return null;
    return copyPositions(readBlockNow(opened, layout.start, layout.count * layout.stride), layout, file);
  });
}

/** `readMeshPositions` of the others. */
async function readUnusualPositions(path: string, file: string): Promise<Float32Array> {
  const bytes = openNow(path, file, (opened) => readBlockNow(opened, 0, opened.size));
  return readUnusualPly(bytes, parsePlyHeader(bytes, { file }), file);
}

function readHeader(opened: OpenFile): PlyHeader {
  const { file, size } = opened;
  return parsePlyHeader(readBlockNow(opened, 0, Math.min(size, MAXIMUM_PLY_HEADER_BYTES)), { file });
}
