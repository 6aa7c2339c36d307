import { at } from "@vsi/dataset/internal";
import { GeometryError } from "../errors.ts";
import { LINE_FEED, PLY_FILE_DEFAULTS, type PlyFileOptions, type PlyHeader, parsePlyHeader } from "./header.ts";
import { checkPlySize, findVertexElement, scalarType, smallestRecord } from "./vertices.ts";

/**
 * Reads single-number properties of a PLY's vertices, such as ScanNet's `label`, whatever the format: little or big
 * endian, or ASCII.
 *
 * @param bytes the whole file.
 * @param names of the properties wanted.
 * @returns by name, a number a vertex in the file's order; a name that the file does not have is left out.
 * @throws GeometryError with the codes of `parsePlyHeader`, "ply-no-vertices", "ply-truncated", and "ply-unusual" for
 * lists before the end of the vertex element.
 */
export function readVertexProperties(
  bytes: Uint8Array,
  names: readonly string[],
  options: Partial<PlyFileOptions> = {},
): Map<string, Float64Array> {
  const { file } = { ...PLY_FILE_DEFAULTS, ...options };
  const header = parsePlyHeader(bytes, { file });
  const vertex = findVertexElement(header, file);
  checkPlySize(header, bytes.length, file);
  const before = header.elements.slice(0, header.elements.indexOf(vertex) + 1);
  if (before.some(({ properties }) => properties.some(({ countType }) => countType !== null))) {
    throw new GeometryError("ply-unusual", {
      file,
      place: "header",
      got: "a list before the end of the vertices",
      expected: "single numbers in element vertex, which comes before the faces",
      advice: "Save the mesh again as binary little endian.",
    });
  }
  const columns = vertex.properties.flatMap(({ name }, place) => (names.includes(name) ? [{ name, place }] : []));
  const values = new Map(columns.map(({ name }) => [name, new Float64Array(vertex.count)]));
  if (columns.length === 0) return values;
  const others = before.slice(0, -1);
  const read = header.format === "ascii" ? readText : readBinary;
  read(
    bytes,
    header,
    { file, skipped: others, count: vertex.count, properties: vertex.properties },
    (index, record) => {
      for (const { name, place } of columns) (values.get(name) as Float64Array)[index] = record(place);
    },
  );
  return values;
}

interface VertexBlock {
  file: string;
  /** The elements before the vertices. */
  skipped: PlyHeader["elements"];
  count: number;
  properties: PlyHeader["elements"][number]["properties"];
}

/** Called for every vertex, with its number and what gives its property at a place. */
type OnVertex = (index: number, record: (place: number) => number) => void;

function readBinary(bytes: Uint8Array, header: PlyHeader, block: VertexBlock, onVertex: OnVertex): void {
  const { skipped, count, properties } = block;
  const start = skipped.reduce(
    (sum, element) => sum + element.count * smallestRecord(element, false),
    header.byteLength,
  );
  const types = properties.map(({ type }) => scalarType(type));
  const offsets: number[] = [];
  let stride = 0;
  for (const { byteLength } of types) {
    offsets.push(stride);
    stride += byteLength;
  }
  const isBigEndian = header.format === "binary_big_endian";
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  // Of a big-endian number the bytes are turned round here: types read little endian.
  const turned = new DataView(new ArrayBuffer(8));
  let vertex = start;
  const record = (place: number): number => {
    const { byteLength, read } = at(types, place);
    const offset = vertex + at(offsets, place);
    if (!isBigEndian) return read(view, offset);
    for (let byte = 0; byte < byteLength; byte += 1) {
      turned.setUint8(byteLength - 1 - byte, view.getUint8(offset + byte));
    }
    return read(turned, 0);
  };
  for (let index = 0; index < count; index += 1) {
    onVertex(index, record);
    vertex += stride;
  }
}

function readText(bytes: Uint8Array, header: PlyHeader, block: VertexBlock, onVertex: OnVertex): void {
  const { file, skipped, count } = block;
  const decoder = new TextDecoder();
  let start = header.byteLength;
  const nextLine = (): string | null => {
    if (start >= bytes.length) return null;
    const next = bytes.indexOf(LINE_FEED, start);
    const end = next < 0 ? bytes.length : next;
    const line = decoder.decode(bytes.subarray(start, end));
    start = end + 1;
    return line;
  };
  for (const { count: lines } of skipped) for (let line = 0; line < lines; line += 1) nextLine();
  for (let index = 0; index < count; index += 1) {
    const line = nextLine();
    if (line === null) {
      throw new GeometryError("ply-truncated", {
        file,
        place: "element vertex",
        got: `${index} lines`,
        expected: `${count} of vertex`,
        advice: "The file is truncated; download it again.",
      });
    }
    const words = line.trim().split(/\s+/);
    onVertex(index, (place) => Number(words[place] ?? Number.NaN));
  }
}
