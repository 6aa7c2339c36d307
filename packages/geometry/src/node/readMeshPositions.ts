import { copyPositions } from "../ply/copyPositions.ts";
import { MAXIMUM_PLY_HEADER_BYTES, type PlyFileOptions, parsePlyHeader } from "../ply/plyHeader.ts";
import { checkPlySize, locateVertices } from "../ply/plyVertexLayout.ts";
import { readUnusualPly } from "../ply/readUnusualPly.ts";
import { openScanFile } from "./openScanFile.ts";
import { readBlock } from "./readBlock.ts";

/**
 * Reads the vertex positions of a mesh file: of the usual kind only the header and the vertex block, so that faces cost
 * nothing; whether they are complete is told from the file's size.
 *
 * @param options `file`: the name in messages; the path by default.
 * @returns x, y, z of every vertex in the file's order and units (metres in ScanNet, +Z up, not yet axis aligned).
 * @throws GeometryError with the codes of `parsePlyPositions` and of `openScanFile`.
 */
export async function readMeshPositions(path: string, options: Partial<PlyFileOptions> = {}): Promise<Float32Array> {
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
