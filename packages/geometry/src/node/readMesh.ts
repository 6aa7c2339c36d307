import { copyFaces } from "../ply/copyFaces.ts";
import { copyPositions } from "../ply/copyPositions.ts";
import { MAXIMUM_PLY_HEADER_BYTES, type PlyFileOptions, parsePlyHeader } from "../ply/plyHeader.ts";
import { locateMesh } from "../ply/plyMeshLayout.ts";
import { checkPlySize } from "../ply/plyVertexLayout.ts";
import { openScanFile } from "./openScanFile.ts";
import { readBlock } from "./readBlock.ts";

/** A triangle mesh as its file holds it. */
export interface Mesh {
  /** x, y, z of every vertex in the file's order and units (metres in ScanNet, +Z up, not yet axis aligned). */
  positions: Float32Array;
  /** Three vertices a face, in the file's order. */
  faces: Int32Array;
}

/**
 * Reads vertices and triangles of a mesh file.
 *
 * @param options `file`: the name in messages; the path by default.
 * @throws GeometryError with the codes of `readFaces` and of `openScanFile`, and "ply-not-finite".
 */
export async function readMesh(path: string, options: Partial<PlyFileOptions> = {}): Promise<Mesh> {
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
