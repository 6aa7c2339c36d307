import { checkOptionNames } from "@vsi/dataset/internal";
import { copyFaces, locateMesh } from "../ply/faces.ts";
import { readUnusualPly } from "../ply/generalReader.ts";
import { MAXIMUM_PLY_HEADER_BYTES, PLY_FILE_DEFAULTS, type PlyFileOptions, parsePlyHeader } from "../ply/header.ts";
import { checkPlySize, copyPositions, locateVertices } from "../ply/vertices.ts";
import { openScanFile, readBlock } from "./files.ts";

/** A triangle mesh as its file holds it. */
export interface Mesh {
  /** x, y, z of every vertex in the file's order and units (metres in ScanNet, +Z up, not yet axis aligned). */
  positions: Float32Array;
  /** Three vertices per face, in the file's order. */
  faces: Int32Array;
}

/**
 * Reads vertices and triangles of a mesh file.
 *
 * @param options `file`: the name in messages; the path by default.
 * @throws GeometryError with the codes of `readFaces` and of `openScanFile`, and "ply-not-finite".
 */
export async function readMesh(path: string, options: Partial<PlyFileOptions> = {}): Promise<Mesh> {
  checkOptionNames(options, PLY_FILE_DEFAULTS, "readMesh");
  const { file } = { file: path.replaceAll("\\", "/"), ...options };
  return openScanFile(path, file, async (handle, size) => {
    const header = parsePlyHeader(await readBlock(handle, 0, Math.min(size, MAXIMUM_PLY_HEADER_BYTES), file), { file });
    const { vertices, faces } = locateMesh(header, file);
    checkPlySize(header, size, file);
    const vertexBlock = await readBlock(handle, vertices.start, vertices.count * vertices.stride, file);
    const positions = copyPositions(vertexBlock, vertices, file);
    const faceBlock = await readBlock(handle, faces.start, faces.count * faces.stride, file);
    return { positions, faces: copyFaces(faceBlock, faces, vertices.count, file) };
  });
}

/**
 * Reads the vertex positions of a mesh file: of the usual kind only the header and the vertex block, so that faces cost
 * nothing; whether they are complete is told from the file's size.
 *
 * @param options `file`: the name in messages; the path by default.
 * @returns x, y, z of every vertex in the file's order and units (metres in ScanNet, +Z up, not yet axis aligned).
 * @throws GeometryError with the codes of `parsePlyPositions` and of `openScanFile`.
 */
export async function readMeshPositions(path: string, options: Partial<PlyFileOptions> = {}): Promise<Float32Array> {
  checkOptionNames(options, PLY_FILE_DEFAULTS, "readMeshPositions");
  const { file } = { file: path.replaceAll("\\", "/"), ...options };
  return openScanFile(path, file, async (handle, size) => {
    const header = parsePlyHeader(await readBlock(handle, 0, Math.min(size, MAXIMUM_PLY_HEADER_BYTES), file), { file });
    const layout = locateVertices(header, file);
    checkPlySize(header, size, file);
    if (layout === null) return readUnusualPly(await readBlock(handle, 0, size, file), header, file);
    const block = await readBlock(handle, layout.start, layout.count * layout.stride, file);
    return copyPositions(block, layout, file);
  });
}
