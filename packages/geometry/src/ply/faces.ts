import { BYTES, checkArguments, checkOptions } from "@vsi/dataset/internal";
import { GeometryError } from "../errors.ts";
import {
  PLY_FILE_DEFAULTS,
  PLY_SCALAR_TYPES,
  type PlyElement,
  type PlyFileOptions,
  type PlyHeader,
  type PlyScalarType,
  parsePlyHeader,
} from "./header.ts";
import { checkPlySize, locateVertices, type PlyVertexLayout, scalarType, smallestRecord } from "./vertices.ts";

/**
 * Reads the triangles of a binary little-endian PLY, such as ScanNet's `<scanId>_vh_clean_2.ply`. Other scalar
 * properties may stand beside a face's corners; bytes after the last element are ignored.
 *
 * @param bytes The whole file.
 * @returns Three vertices a face, in the file's order.
 * @throws GeometryError "ply-no-header", "ply-header-without-end", "ply-bad-header", "ply-no-vertices", "ply-no-faces",
 * "ply-truncated", "ply-bad-face" for a face that is no triangle or has a corner that is no vertex, or "ply-unusual"
 * for another format or lists outside the faces.
 *
 * @example
 * ```js
 * import { readFile } from "node:fs/promises";
 * import { readFaces } from "@vsi/geometry";
 *
 * const mesh = await readFile("raw/scans/scene9000_00/scene9000_00_vh_clean_2.ply");
 * console.log(`${readFaces(mesh).length / 3} triangles`); // 31484 triangles
 * ```
 */
export function readFaces(bytes: Uint8Array, options: Partial<PlyFileOptions> = {}): Int32Array {
  checkArguments("readFaces", { bytes: [bytes, BYTES] });
  checkOptions(options, PLY_FILE_DEFAULTS, "readFaces");
  const { file } = { ...PLY_FILE_DEFAULTS, ...options };
  const header = parsePlyHeader(bytes, { file });
  const { vertices, faces } = locateMesh(header, file);
  checkPlySize(header, bytes.length, file);
  const block = bytes.subarray(faces.start, faces.start + faces.count * faces.stride);
  return copyFaces(block, faces, vertices.count, file);
}

const UINT8 = PLY_SCALAR_TYPES.get("uchar");
const INT32 = PLY_SCALAR_TYPES.get("int");

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
  const isUsual = countType === UINT8 && indexType === INT32;
  for (let face = 0, record = 0; face < layout.count; face += 1, record += stride) {
    const corners = isUsual ? view.getUint8(record + listOffset) : countType.read(view, record + listOffset);
    if (corners !== 3) {
      throw badFace(file, face, `${corners} corners`, "3 corners, as all faces of ScanNet's meshes have");
    }
    for (let corner = 0; corner < 3; corner += 1) {
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

/** A face that is no triangle of the mesh. */
export function badFace(file: string, face: number, got: string, expected: string): GeometryError {
  return new GeometryError("ply-bad-face", {
    file,
    place: `face ${face}`,
    got,
    expected,
    advice: "The mesh is damaged; download it again.",
  });
}

/** Where a little-endian PLY of triangles keeps the corners of its faces. */
interface PlyFaceLayout {
  /** Offset of the first face record in the file. */
  start: number;
  count: number;
  /** Bytes per record, of a triangle. */
  stride: number;
  /** Bytes from the start of a record to the number of corners. */
  listOffset: number;
  /** Type of the number of corners. */
  countType: PlyScalarType;
  /** Type of a corner. */
  indexType: PlyScalarType;
}

/** Where a little-endian PLY of triangles keeps vertices and faces. */
interface PlyMeshLayout {
  vertices: PlyVertexLayout;
  faces: PlyFaceLayout;
}

/**
 * Where vertices and faces lie in a binary little-endian file with lists in its faces only, as ScanNet's meshes are.
 *
 * @throws GeometryError "ply-no-vertices", "ply-no-faces", "ply-bad-header", or "ply-unusual" for a file of another kind.
 */
export function locateMesh(header: PlyHeader, file: string): PlyMeshLayout {
  const vertices = locateVertices(header, file);
  const face = findFaceElement(header, file);
  // MeshLab writes texture coordinates as a second list.
  const isUsual = face.properties.filter((property) => property.countType !== null).length === 1;
  if (vertices === null || !isUsual) throw unusual(header, file);
  let start = header.byteLength;
  for (const element of header.elements.slice(0, header.elements.indexOf(face))) {
    if (element.properties.some((property) => property.countType !== null)) throw unusual(header, file);
    start += element.count * smallestRecord(element, false);
  }
  let listOffset = 0;
  for (const property of face.properties) {
    if (property.countType !== null) break;
    listOffset += scalarType(property.type).byteLength;
  }
  const list = face.properties.find((property) => property.countType !== null);
  return {
    vertices,
    faces: {
      start,
      count: face.count,
      stride: smallestRecord(face, false),
      listOffset,
      countType: scalarType(list?.countType as string),
      indexType: scalarType(list?.type as string),
    },
  };
}

/** The face element, checked to have faces and one list of corners. */
export function findFaceElement(header: PlyHeader, file: string): PlyElement {
  const face = header.elements.find((element) => element.name === "face");
  if (face === undefined || face.count === 0) {
    throw new GeometryError("ply-no-faces", {
      file,
      place: "header",
      got: face === undefined ? "no element face" : "element face 0",
      expected: "an element face with a count above 0",
      advice: "The file has points only; use ScanNet's <scanId>_vh_clean_2.ply.",
    });
  }
  const lists = face.properties.filter((property) => property.countType !== null);
  if (lists.filter(({ name }) => /^vertex_ind(ex|ices)$/.test(name)).length !== 1) {
    throw new GeometryError("ply-bad-header", {
      file,
      place: "header, element face",
      got: `the lists ${JSON.stringify(lists.map((list) => list.name))}`,
      expected: "one list, vertex_indices (or vertex_index)",
      advice: "Use ScanNet's <scanId>_vh_clean_2.ply.",
    });
  }
  return face;
}

function unusual(header: PlyHeader, file: string): GeometryError {
  return new GeometryError("ply-unusual", {
    file,
    place: "header",
    got: `format ${header.format} with elements ${header.elements.map((element) => element.name).join(", ")}`,
    expected: "binary_little_endian with lists in element face only",
    advice: "Save the mesh as binary little endian.",
  });
}
