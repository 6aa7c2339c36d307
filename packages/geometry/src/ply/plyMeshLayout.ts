import { GeometryError } from "../geometryError.ts";
import type { PlyElement, PlyHeader } from "./plyHeader.ts";
import type { PlyScalarType } from "./plyScalarTypes.ts";
import { locateVertices, type PlyVertexLayout, scalarType, smallestRecord } from "./plyVertexLayout.ts";

/** Where a little-endian PLY of triangles keeps the corners of its faces. */
export interface PlyFaceLayout {
  /** Offset of the first face record in the file. */
  start: number;
  count: number;
  /** Bytes a record, of a triangle. */
  stride: number;
  /** Bytes from the start of a record to the number of corners. */
  listOffset: number;
  /** Type of the number of corners. */
  countType: PlyScalarType;
  /** Type of a corner. */
  indexType: PlyScalarType;
}

/** Where a little-endian PLY of triangles keeps vertices and faces. */
export interface PlyMeshLayout {
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
  if (vertices === null) throw unusual(header, file);
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

/** The face element, checked to have faces and one list, that of the corners. */
function findFaceElement(header: PlyHeader, file: string): PlyElement {
  const face = header.elements.find((element) => element.name === "face");
  if (face === undefined || face.count === 0) {
    throw new GeometryError("ply-no-faces", {
      file,
      place: "header",
      got: face === undefined ? "no element face" : "element face 0",
      expected: "an element face with a count above 0",
      advice: "The file holds points only; use ScanNet's <scanId>_vh_clean_2.ply.",
    });
  }
  const lists = face.properties.filter((property) => property.countType !== null);
  if (lists.length !== 1 || !/^vertex_ind(ex|ices)$/.test(lists[0].name)) {
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
