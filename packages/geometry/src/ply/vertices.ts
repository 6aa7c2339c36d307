import { GeometryError } from "../errors.ts";
import { take } from "../scanMemory.ts";
import { firstNotFinite } from "../vertices.ts";
import { PLY_SCALAR_TYPES, type PlyElement, type PlyHeader, type PlyProperty, type PlyScalarType } from "./header.ts";

/** One coordinate of a vertex record. */
interface PlyCoordinate {
  /** Bytes from the start of the record. */
  offset: number;
  type: PlyScalarType;
}

/** Where a little-endian PLY keeps its vertex positions. */
export interface PlyVertexLayout {
  /** Offset of the first vertex record in the file. */
  start: number;
  count: number;
  /** Bytes per record. */
  stride: number;
  /** x, y and z. */
  coordinates: [PlyCoordinate, PlyCoordinate, PlyCoordinate];
  /** Bytes from the start of the record to red, green and blue, a byte each; null where there are none, or others. */
  colors: [number, number, number] | null;
}

/**
 * Where the vertex block of a little-endian file lies, or null when only a general PLY parser can tell: another format,
 * or lists before or in the vertex element.
 */
export function locateVertices(header: PlyHeader, file: string): PlyVertexLayout | null {
  const vertex = findVertexElement(header, file);
  if (header.format !== "binary_little_endian") return null;
  let start = header.byteLength;
  for (const element of header.elements) {
    if (element.properties.some((property) => property.countType !== null)) return null;
    if (element === vertex) break;
    start += element.count * smallestRecord(element, false);
  }
  const offsets = new Map<string, PlyCoordinate>();
  let stride = 0;
  for (const property of vertex.properties) {
    const type = scalarType(property.type);
    offsets.set(property.name, { offset: stride, type });
    stride += type.byteLength;
  }
  const coordinate = (name: string) => offsets.get(name) as PlyCoordinate;
  return {
    start,
    count: vertex.count,
    stride,
    coordinates: [coordinate("x"), coordinate("y"), coordinate("z")],
    colors: colorOffsets(offsets),
  };
}

function colorOffsets(offsets: ReadonlyMap<string, PlyCoordinate>): PlyVertexLayout["colors"] {
  const [red, green, blue] = ["red", "green", "blue"].map((name) => {
    const found = offsets.get(name);
    return found !== undefined && found.type === UINT8 ? found.offset : null;
  });
  return red == null || green == null || blue == null ? null : [red, green, blue];
}

const UINT8 = PLY_SCALAR_TYPES.get("uchar");

/**
 * The vertex element, checked to have vertices and x, y, z.
 *
 * @throws GeometryError "ply-no-vertices" or "ply-bad-header".
 */
export function findVertexElement(header: PlyHeader, file: string): PlyElement {
  const vertex = header.elements.find((element) => element.name === "vertex");
  if (vertex === undefined || vertex.count === 0) {
    throw new GeometryError("ply-no-vertices", {
      file,
      place: "header",
      got: vertex === undefined ? "no element vertex" : "element vertex 0",
      expected: "an element vertex with a count above 0",
      advice: "The mesh is empty; download it again.",
    });
  }
  for (const name of ["x", "y", "z"]) {
    const property = vertex.properties.find((candidate) => candidate.name === name);
    if (property === undefined || property.countType !== null) {
      throw new GeometryError("ply-bad-header", {
        file,
        place: "header, element vertex",
        got: property === undefined ? `no property ${name}` : `a list called ${name}`,
        expected: "the properties x, y and z, one number each",
        advice: "Use ScanNet's <scanId>_vh_clean_2.ply.",
      });
    }
  }
  return vertex;
}

/**
 * Refuses counts that the file cannot hold, so that nothing is allocated for them.
 *
 * @param fileSize Bytes of the whole file.
 * @throws GeometryError "ply-truncated".
 */
export function checkPlySize(header: PlyHeader, fileSize: number, file: string): void {
  let needed = header.byteLength;
  for (const element of header.elements) {
    needed += element.count * smallestRecord(element, header.format === "ascii");
    if (needed > fileSize) {
      throw new GeometryError("ply-truncated", {
        file,
        place: `element ${element.name}`,
        got: `${fileSize} bytes`,
        expected: `at least ${needed} bytes for ${element.count} of ${element.name}`,
        advice: "The file is truncated; download it again.",
      });
    }
  }
}

/**
 * Bytes that a record takes at least; exact when it has no lists, and for a face whose only list is that of three
 * corners.
 */
export function smallestRecord(element: PlyElement, isText: boolean): number {
  // A digit and a blank or line end a number.
  if (isText) return element.properties.length * 2;
  return element.properties.reduce((sum, property) => sum + smallestProperty(element, property), 0);
}

function smallestProperty(element: PlyElement, property: PlyProperty): number {
  const itemBytes = scalarType(property.type).byteLength;
  if (property.countType === null) return itemBytes;
  // A face has at least three corners; of any other list the length is unknown.
  const corners = element.name === "face" && /^vertex_ind(ex|ices)$/.test(property.name) ? 3 : 0;
  return scalarType(property.countType).byteLength + corners * itemBytes;
}

/** The type that a parsed header names. */
export function scalarType(name: string): PlyScalarType {
  return PLY_SCALAR_TYPES.get(name) as PlyScalarType;
}

const FLOAT32 = PLY_SCALAR_TYPES.get("float32");

/** As nearly every processor is, and the file. */
const IS_LITTLE_ENDIAN = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

/**
 * Copies x, y, z of every vertex record out of a little-endian vertex block.
 *
 * @param block The vertex block alone: `layout.count * layout.stride` bytes.
 * @returns x, y, z of every vertex in the file's order and units (metres in ScanNet, not yet axis aligned).
 * @throws GeometryError "ply-not-finite".
 */
export function copyPositions(block: Uint8Array, layout: PlyVertexLayout, file: string): Float32Array {
  const positions = take(Float32Array, layout.count * 3);
  const [x, y, z] = layout.coordinates;
  const isContiguous = y.offset === x.offset + 4 && z.offset === x.offset + 8;
  const isFloats = isContiguous && x.type === FLOAT32 && y.type === FLOAT32 && z.type === FLOAT32;
  const view = new DataView(block.buffer, block.byteOffset, block.byteLength);
  if (isFloats && IS_LITTLE_ENDIAN && layout.stride % 4 === 0 && (block.byteOffset + x.offset) % 4 === 0) {
    // The usual mesh: no call of a DataView for each number.
    const floats = new Float32Array(block.buffer, block.byteOffset + x.offset, (block.byteLength - x.offset) >> 2);
    const step = layout.stride / 4;
    // As in firstNotFinite, in the same pass.
    let check = 0;
    for (let target = 0, source = 0; target < positions.length; target += 3, source += step) {
      const floatX = floats[source];
      const floatY = floats[source + 1];
      const floatZ = floats[source + 2];
      positions[target] = floatX;
      positions[target + 1] = floatY;
      positions[target + 2] = floatZ;
      check += floatX - floatX + (floatY - floatY) + (floatZ - floatZ);
    }
    if (check === 0) return positions;
  } else if (isFloats) {
    // Calls without indirection are several times faster than `read` below.
    for (let target = 0, source = x.offset; target < positions.length; target += 3, source += layout.stride) {
      positions[target] = view.getFloat32(source, true);
      positions[target + 1] = view.getFloat32(source + 4, true);
      positions[target + 2] = view.getFloat32(source + 8, true);
    }
  } else {
    for (let target = 0, record = 0; target < positions.length; target += 3, record += layout.stride) {
      positions[target] = x.type.read(view, record + x.offset);
      positions[target + 1] = y.type.read(view, record + y.offset);
      positions[target + 2] = z.type.read(view, record + z.offset);
    }
  }
  checkFinite(positions, file);
  return positions;
}

/**
 * Copies red, green and blue of every vertex record out of a little-endian vertex block, 0 to 255; null for vertices
 * without a colour.
 *
 * @param block The vertex block alone: `layout.count * layout.stride` bytes.
 */
export function copyColors(block: Uint8Array, layout: PlyVertexLayout): Uint8Array | null {
  if (layout.colors === null) return null;
  const [red, green, blue] = layout.colors;
  const colors = new Uint8Array(layout.count * 3);
  for (let target = 0, record = 0; target < colors.length; target += 3, record += layout.stride) {
    colors[target] = block[record + red];
    colors[target + 1] = block[record + green];
    colors[target + 2] = block[record + blue];
  }
  return colors;
}

/**
 * Refuses NaN and infinite coordinates.
 *
 * @param positions x, y, z of every vertex.
 * @throws GeometryError "ply-not-finite", naming the first such vertex.
 */
export function checkFinite(positions: Float32Array, file: string): void {
  const index = firstNotFinite(positions);
  if (index < 0) return;
  throw new GeometryError("ply-not-finite", {
    file,
    place: `vertex ${Math.floor(index / 3)}, ${"xyz"[index % 3]}`,
    got: String(positions[index]),
    expected: "a finite number of metres",
    advice: "The mesh is damaged; download it again.",
  });
}
