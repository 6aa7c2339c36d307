import { GeometryError } from "../geometryError.ts";
import type { PlyFaceLayout } from "./plyMeshLayout.ts";
import { plyScalarTypes } from "./plyScalarTypes.ts";

const uint8 = plyScalarTypes.get("uchar");
const int32 = plyScalarTypes.get("int");

/**
 * Copies the corners of every face out of a little-endian face block.
 *
 * Only triangles are taken: ScanNet's meshes hold nothing else, so that another number of corners means a damaged file.
 *
 * @param block The face block alone: `layout.count * layout.stride` bytes.
 * @param vertexCount Corners are vertices below this.
 * @returns Three vertices a face, in the file's order.
 * @throws GeometryError "ply-bad-face" naming the first face that is no triangle or has a corner that is no vertex.
 */
export function copyFaces(block: Uint8Array, layout: PlyFaceLayout, vertexCount: number, file: string): Int32Array {
  const view = new DataView(block.buffer, block.byteOffset, block.byteLength);
  const faces = new Int32Array(layout.count * 3);
  const { stride, listOffset, countType, indexType } = layout;
  const first = listOffset + countType.byteLength;
  // The usual mesh: calls without indirection are several times faster than `read`.
  const isUsual = countType === uint8 && indexType === int32;
  for (let face = 0, record = 0; face < layout.count; face++, record += stride) {
    const corners = isUsual ? view.getUint8(record + listOffset) : countType.read(view, record + listOffset);
    if (corners !== 3)
      throw badFace(file, face, `${corners} corners`, "3 corners, as all faces of ScanNet's meshes have");
    for (let corner = 0; corner < 3; corner++) {
      const at = record + first + corner * indexType.byteLength;
      const vertex = isUsual ? view.getInt32(at, true) : indexType.read(view, at);
      // Headers may give corners any type: of floats, fractions and NaN are no vertices either.
      if (!Number.isInteger(vertex) || vertex < 0 || vertex >= vertexCount) {
        throw badFace(file, face, `vertex ${vertex}`, `a vertex from 0 to ${vertexCount - 1}`);
      }
      faces[3 * face + corner] = vertex;
    }
  }
  return faces;
}

function badFace(file: string, face: number, got: string, expected: string): GeometryError {
  return new GeometryError("ply-bad-face", {
    file,
    place: `face ${face}`,
    got,
    expected,
    advice: "The mesh is damaged; download it again.",
  });
}
