import type { LoaderContext, LoaderWithParser } from "@loaders.gl/core";
import type { PLYLoader, PLYLoaderOptions } from "@loaders.gl/ply";
import { GeometryError } from "../errors.ts";
import {
  PLY_FILE_DEFAULTS,
  type PlyElement,
  type PlyFileOptions,
  type PlyHeader,
  type PlyProperty,
  type PlyScalarType,
  parsePlyHeader,
  plyScalarTypes,
} from "./header.ts";

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

const lineFeed = 0x0a;

/**
 * Reads the vertex positions of an ASCII or big-endian PLY, or of one with lists before the end of its vertex element, with
 * @loaders.gl/ply, which is imported by the first call.
 *
 * The parser gets a header of our own making, up to the vertex element only: as given, it loses count with CRLF or non-ASCII
 * headers and with empty elements, lets property names overwrite its own fields, and follows a list's length without looking
 * at the file's.
 *
 * @param bytes The whole file; `header` is its header, with counts checked by `checkPlySize`.
 * @returns x, y, z of every vertex in the file's order and units.
 * @throws GeometryError "ply-truncated", "ply-not-finite", "ply-bad-header" or "ply-unreadable".
 */
export async function readUnusualPly(bytes: Uint8Array, header: PlyHeader, file: string): Promise<Float32Array> {
  const vertex = findVertexElement(header, file);
  const isText = header.format === "ascii";
  if (isText && vertex.properties.some((property) => property.countType !== null)) {
    throw new GeometryError("ply-bad-header", {
      file,
      place: "header, element vertex",
      got: "a list property in an ASCII file",
      expected: "single numbers in element vertex",
      advice: "Save the mesh as binary little endian.",
    });
  }
  const canonical = isText ? canonicalText(bytes, header, vertex, file) : canonicalBinary(bytes, header, vertex);
  if (new TextDecoder("latin1").decode(bytes.subarray(header.byteLength)).includes("end_header")) {
    throw unreadable(file, "a second end_header, which the parser would take for the first");
  }
  const { PLYLoader } = await import("@loaders.gl/ply");
  let positions: ArrayLike<number> | undefined;
  try {
    positions = PLYLoader.parseSync(canonical, {}).attributes.POSITION?.value;
  } catch (error) {
    if (error instanceof RangeError) throw truncated(file, vertex, "the end of the file");
    throw unreadable(file, String(error));
  }
  if (!(positions instanceof Float32Array) || positions.length !== vertex.count * 3) {
    throw unreadable(file, `${(positions?.length ?? 0) / 3} vertices of ${vertex.count}`);
  }
  checkFinite(positions, file);
  return positions;
}

function canonicalBinary(bytes: Uint8Array, header: PlyHeader, vertex: PlyElement): ArrayBuffer {
  const upToVertex = header.elements.slice(0, header.elements.indexOf(vertex) + 1);
  return joinBytes(canonicalHeader(header, upToVertex), bytes.subarray(header.byteLength));
}

/** In ASCII each record is one line, so that the other elements can be left out. */
function canonicalText(bytes: Uint8Array, header: PlyHeader, vertex: PlyElement, file: string): ArrayBuffer {
  let vertexLines = bytes.subarray(0, 0);
  let start = header.byteLength;
  for (const element of header.elements) {
    let end = start;
    for (let line = 0; line < element.count; line++) {
      if (end >= bytes.length) throw truncated(file, element, `${line} lines`);
      const next = bytes.indexOf(lineFeed, end);
      end = next < 0 ? bytes.length : next + 1;
    }
    if (element === vertex) vertexLines = bytes.subarray(start, end);
    start = end;
  }
  return joinBytes(canonicalHeader(header, [vertex]), vertexLines);
}

function canonicalHeader(header: PlyHeader, elements: PlyElement[]): Uint8Array {
  const lines = ["ply", `format ${header.format} 1.0`];
  for (const element of elements) {
    if (element.count === 0) continue;
    const isVertex = element.name === "vertex";
    lines.push(`element ${isVertex ? "vertex" : "skipped"} ${element.count}`);
    for (const [index, { name, type, countType }] of element.properties.entries()) {
      const safeName = isVertex && ["x", "y", "z"].includes(name) ? name : `skipped${index}`;
      lines.push(`property ${countType === null ? "" : `list ${countType} `}${type} ${safeName}`);
    }
  }
  return new TextEncoder().encode(`${lines.join("\n")}\nend_header\n`);
}

function joinBytes(head: Uint8Array, body: Uint8Array): ArrayBuffer {
  const joined = new Uint8Array(head.length + body.length);
  joined.set(head);
  joined.set(body, head.length);
  return joined.buffer;
}

function truncated(file: string, element: PlyElement, got: string): GeometryError {
  return new GeometryError("ply-truncated", {
    file,
    place: `element ${element.name}`,
    got,
    expected: `${element.count} of ${element.name}`,
    advice: "The file was cut off; download it again.",
  });
}

function unreadable(file: string, got: string): GeometryError {
  return new GeometryError("ply-unreadable", {
    file,
    place: "element vertex",
    got,
    expected: "the vertices that the header announces",
    advice: "Download the mesh again, or save it as binary little endian.",
  });
}

const float32 = plyScalarTypes.get("float32");

/**
 * Copies x, y, z of every vertex record out of a little-endian vertex block.
 *
 * @param block The vertex block alone: `layout.count * layout.stride` bytes.
 * @returns x, y, z of every vertex in the file's order and units (metres in ScanNet, not yet axis aligned).
 * @throws GeometryError "ply-not-finite".
 */
export function copyPositions(block: Uint8Array, layout: PlyVertexLayout, file: string): Float32Array {
  const view = new DataView(block.buffer, block.byteOffset, block.byteLength);
  const positions = new Float32Array(layout.count * 3);
  const [x, y, z] = layout.coordinates;
  const isContiguous = y.offset === x.offset + 4 && z.offset === x.offset + 8;
  if (isContiguous && x.type === float32 && y.type === float32 && z.type === float32) {
    // The usual mesh: calls without indirection are several times faster than `read` below.
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
 * Refuses NaN and infinite coordinates.
 *
 * @param positions x, y, z of every vertex.
 * @throws GeometryError "ply-not-finite", naming the first such vertex.
 */
function checkFinite(positions: Float32Array, file: string): void {
  // A finite number minus itself is 0, anything else NaN: one branch for the whole mesh.
  let check = 0;
  for (let index = 0; index < positions.length; index++) check += positions[index] - positions[index];
  if (check === 0) return;
  const index = positions.findIndex((value) => !Number.isFinite(value));
  throw new GeometryError("ply-not-finite", {
    file,
    place: `vertex ${Math.floor(index / 3)}, ${"xyz"[index % 3]}`,
    got: String(positions[index]),
    expected: "a finite number of metres",
    advice: "The mesh is damaged; download it again.",
  });
}

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
  /** Bytes a record. */
  stride: number;
  /** x, y and z. */
  coordinates: [PlyCoordinate, PlyCoordinate, PlyCoordinate];
}

/**
 * The vertex element, checked to have vertices and x, y, z.
 *
 * @throws GeometryError "ply-no-vertices" or "ply-bad-header".
 */
function findVertexElement(header: PlyHeader, file: string): PlyElement {
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
        advice: "The file was cut off; download it again.",
      });
    }
  }
}

/**
 * Where the vertex block of a little-endian file lies, or null when only a general PLY parser can tell: another format, or
 * lists before or in the vertex element.
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
  return { start, count: vertex.count, stride, coordinates: [coordinate("x"), coordinate("y"), coordinate("z")] };
}

/** Bytes that a record takes at least; exact when it has no lists, and for a face whose only list is that of three corners. */
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
  return plyScalarTypes.get(name) as PlyScalarType;
}

/**
 * Reads the vertex positions of a binary little-endian PLY, such as ScanNet's `<scanId>_vh_clean_2.ply`, without touching
 * its faces. Other scalar properties of any type may stand before, between and after x, y, z; bytes after the last
 * element are ignored.
 *
 * @param bytes The whole file.
 * @returns x, y, z of every vertex in the file's order and units (metres in ScanNet, +Z up, not yet axis aligned).
 * @throws GeometryError "ply-no-header", "ply-header-without-end", "ply-bad-header", "ply-no-vertices", "ply-truncated",
 * "ply-not-finite", or "ply-unusual" for a PLY that only `parsePlyPositions` reads.
 */
export function readVertexPositions(bytes: Uint8Array, options: Partial<PlyFileOptions> = {}): Float32Array {
  const { file } = { ...PLY_FILE_DEFAULTS, ...options };
  const header = parsePlyHeader(bytes, { file });
  return readUsualPositions(bytes, header, file) ?? refuseUnusualPly(header, file);
}

/**
 * `readVertexPositions` behind a header that is already parsed.
 *
 * @returns Null when the PLY needs a general parser.
 */
function readUsualPositions(bytes: Uint8Array, header: PlyHeader, file: string): Float32Array | null {
  const layout = locateVertices(header, file);
  checkPlySize(header, bytes.length, file);
  if (layout === null) return null;
  return copyPositions(bytes.subarray(layout.start, layout.start + layout.count * layout.stride), layout, file);
}

/** @throws GeometryError "ply-unusual", always. */
function refuseUnusualPly(header: PlyHeader, file: string): never {
  throw new GeometryError("ply-unusual", {
    file,
    place: "header",
    got: `format ${header.format} with elements ${header.elements.map((element) => element.name).join(", ")}`,
    expected: "binary_little_endian without lists before the end of element vertex",
    advice: "Read it with parsePlyPositions, which takes every PLY.",
  });
}

/** The mesh value that @loaders.gl/ply's PLYLoader returns. */
export interface PlyVertexMesh extends ReturnType<typeof PLYLoader.parseSync> {}

/**
 * Reads a PLY's vertex positions as a loader for @loaders.gl/core: `await parse(bytes, PlyVertexLoader)` or
 * `await load(url, PlyVertexLoader)`, with PLYLoader's options and the shape of its result, tens of times faster.
 * The result is a point list with POSITION alone (x, y, z in the file's order and units): faces, colours and other
 * properties are not read.
 *
 * Errors are GeometryErrors, the codes those of `parsePlyPositions`. `parseSync` reads what `readVertexPositions` reads.
 */
export const PlyVertexLoader = {
  dataType: null as unknown as PlyVertexMesh,
  batchType: null as never,
  name: "PLY vertices",
  id: "ply",
  module: "ply",
  version: "0.1.0",
  worker: false,
  extensions: ["ply"],
  mimeTypes: ["text/plain", "application/octet-stream"],
  text: true,
  binary: true,
  tests: ["ply"],
  options: { ply: {} },
  parse: async (arrayBuffer: ArrayBuffer, options?: PLYLoaderOptions, context?: LoaderContext) =>
    parseMesh(new Uint8Array(arrayBuffer), options, context),
  parseText: async (text: string, options?: PLYLoaderOptions, context?: LoaderContext) =>
    parseMesh(new TextEncoder().encode(text), options, context),
  parseSync: (arrayBuffer: ArrayBuffer, options?: PLYLoaderOptions, context?: LoaderContext): PlyVertexMesh => {
    const bytes = new Uint8Array(arrayBuffer);
    const file = fileOf(context);
    const header = readHeader(bytes, options, file);
    return meshOf(header, readUsualPositions(bytes, header, file) ?? refuseUnusualPly(header, file));
  },
} as const satisfies LoaderWithParser<PlyVertexMesh, never, PLYLoaderOptions>;

async function parseMesh(
  bytes: Uint8Array,
  options: PLYLoaderOptions | undefined,
  context: LoaderContext | undefined,
): Promise<PlyVertexMesh> {
  const file = fileOf(context);
  const header = readHeader(bytes, options, file);
  return meshOf(header, readUsualPositions(bytes, header, file) ?? (await readUnusualPly(bytes, header, file)));
}

function fileOf(context: LoaderContext | undefined): string {
  return context?.url || PLY_FILE_DEFAULTS.file;
}

/** The header with PLYLoader's `propertyNameMapping` (name in the file to standard name) applied. */
function readHeader(bytes: Uint8Array, options: PLYLoaderOptions | undefined, file: string): PlyHeader {
  const header = parsePlyHeader(bytes, { file });
  const mapping = options?.ply?.propertyNameMapping ?? {};
  const rename = (name: string) => (Object.hasOwn(mapping, name) ? mapping[name] : name);
  const elements = header.elements.map((element) => ({
    ...element,
    properties: element.properties.map((property) => ({ ...property, name: rename(property.name) })),
  }));
  return { ...header, elements };
}

function meshOf(header: PlyHeader, positions: Float32Array): PlyVertexMesh {
  const { comments, format, byteLength } = header;
  const elements = header.elements.map(({ name, count, properties }) => ({
    name,
    count,
    properties: properties.map((property) =>
      property.countType === null
        ? { type: property.type, name: property.name }
        : { type: "list", name: property.name, countType: property.countType, itemType: property.type },
    ),
  }));
  return {
    loader: "ply",
    loaderData: { comments, elements, headerLength: byteLength, format, version: "1.0" },
    header: { vertexCount: positions.length / 3, boundingBox: boundsOf(positions) },
    schema: {
      fields: [
        {
          name: "POSITION",
          type: { type: "fixed-size-list", listSize: 3, children: [{ name: "value", type: "float32" }] },
          nullable: false,
          metadata: {},
        },
      ],
      metadata: {
        ply_comments: JSON.stringify(comments),
        ply_elements: JSON.stringify(elements),
        ply_format: format,
        ply_version: "1.0",
        ply_headerLength: String(byteLength),
      },
    },
    attributes: { POSITION: { value: positions, size: 3 } },
    indices: { value: new Uint32Array(0), size: 0 },
    // 0: points, as in WebGL.
    mode: 0,
    topology: "point-list",
  };
}

function boundsOf(positions: Float32Array): [[number, number, number], [number, number, number]] {
  const min: [number, number, number] = [Infinity, Infinity, Infinity];
  const max: [number, number, number] = [-Infinity, -Infinity, -Infinity];
  for (let index = 0; index < positions.length; index += 3) {
    for (let axis = 0; axis < 3; axis++) {
      min[axis] = Math.min(min[axis], positions[index + axis]);
      max[axis] = Math.max(max[axis], positions[index + axis]);
    }
  }
  return [min, max];
}
