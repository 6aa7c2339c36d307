import { GeometryError } from "../errors.ts";

/** How the numbers after a PLY header are written. */
type PlyFormat = "ascii" | "binary_little_endian" | "binary_big_endian";

/** One `property` line. `type` and `countType` are names that `PLY_SCALAR_TYPES` knows. */
export interface PlyProperty {
  name: string;
  /** Type of the value, or of one item of the list. */
  type: string;
  /** Type of the number in front of a list; null for a single value. */
  countType: string | null;
}

/** One `element` line and the properties below it. */
export interface PlyElement {
  name: string;
  count: number;
  properties: PlyProperty[];
}

/** What stands between `ply` and `end_header`. */
export interface PlyHeader {
  format: PlyFormat;
  /** In the order of the file, which is the order of the data. */
  elements: PlyElement[];
  comments: string[];
  /** Offset of the first byte after the header. */
  byteLength: number;
}

/** Where a PLY comes from, for messages. */
export interface PlyFileOptions {
  /** The file as errors name it, POSIX separators. Default: "PLY data", or the path where a path was given. */
  file: string;
}

/** Used where the caller does not say which file the bytes come from. */
export const PLY_FILE_DEFAULTS: PlyFileOptions = { file: "PLY data" };

/**
 * 65536: headers of ScanNet's meshes are about 350 bytes; leaves room for other tools' comments and stops a header
 * without an end.
 */
export const MAXIMUM_PLY_HEADER_BYTES = 65_536;
const FORMATS: ReadonlySet<string> = new Set(["ascii", "binary_little_endian", "binary_big_endian"]);
export const LINE_FEED = 0x0a;

/**
 * Reads the header of a PLY file (Greg Turk, "The PLY Polygon File Format"). LF and CRLF line ends are read.
 * `bytes` may be the whole file or its first `MAXIMUM_PLY_HEADER_BYTES`.
 *
 * @throws GeometryError "ply-no-header", "ply-header-without-end" or "ply-bad-header"; counts are only checked to be
 * whole numbers here, `checkPlySize` compares them with the file's size.
 */
export function parsePlyHeader(bytes: Uint8Array, options: Partial<PlyFileOptions> = {}): PlyHeader {
  const { file } = { ...PLY_FILE_DEFAULTS, ...options };
  const elements: PlyElement[] = [];
  const comments: string[] = [];
  let format: PlyFormat | null = null;
  let lineNumber = 0;
  let start = 0;

  for (;;) {
    lineNumber += 1;
    const { line, next } = readLine(bytes, start, lineNumber, file);
    const words = line.trim().split(/\s+/);
    const bad = (expected: string): GeometryError => badHeader(file, lineNumber, line, expected);
    start = next;

    if (lineNumber === 1) continue;
    const [keyword, value = ""] = words;
    if (keyword === "end_header" && words.length === 1) break;
    if (keyword === "comment" || keyword === "obj_info") {
      comments.push(line.slice(keyword.length).trim());
    } else if (keyword === "format") {
      if (format !== null || words.length !== 3 || !FORMATS.has(value) || words[2] !== "1.0") {
        throw bad('one line "format binary_little_endian 1.0" (or ascii, binary_big_endian)');
      }
      format = value as PlyFormat;
    } else if (keyword === "element") {
      elements.push(parseElement(words, elements, bad));
    } else if (keyword === "property") {
      const element = elements.at(-1);
      if (element === undefined) throw bad("an element line before the first property");
      element.properties.push(parseProperty(words, element, bad));
    } else {
      throw bad("format, comment, obj_info, element, property or end_header");
    }
  }

  if (format === null) throw badHeader(file, lineNumber, "end_header", "a format line before end_header");
  for (const element of elements) {
    if (element.properties.length === 0 && element.count > 0) {
      throw badHeader(
        file,
        lineNumber,
        `element ${element.name} without properties`,
        "at least one property an element",
      );
    }
  }
  return { format, elements, comments, byteLength: start };
}

function parseElement(words: string[], elements: PlyElement[], bad: (expected: string) => GeometryError): PlyElement {
  const [, name = "", count = ""] = words;
  if (words.length !== 3 || !/^\d+$/.test(count) || !Number.isSafeInteger(Number(count))) {
    throw bad('an element with a name and a count, such as "element vertex 81369"');
  }
  if (elements.some((element) => element.name === name)) throw bad(`element ${name} only once`);
  return { name, count: Number(count), properties: [] };
}

function parseProperty(words: string[], element: PlyElement, bad: (expected: string) => GeometryError): PlyProperty {
  const isList = words[1] === "list";
  const [countType, type, name] = isList ? words.slice(2) : [null, ...words.slice(1)];
  if (words.length !== (isList ? 5 : 3)) throw bad('"property float x" or "property list uchar int vertex_indices"');
  for (const typeName of isList ? [countType, type] : [type]) {
    if (!PLY_SCALAR_TYPES.has(typeName as string))
      throw bad(`one of the types ${[...PLY_SCALAR_TYPES.keys()].join(", ")}`);
  }
  if (element.properties.some((property) => property.name === name)) {
    throw bad(`property ${name} only once in element ${element.name}`);
  }
  return { name: name as string, type: type as string, countType: countType ?? null };
}

/** The line at `start` without its line end, and where the next one starts. */
function readLine(bytes: Uint8Array, start: number, lineNumber: number, file: string): { line: string; next: number } {
  // The first line is judged by its own few bytes, so that a large file of another kind is not searched for a line end.
  if (lineNumber === 1 && !/^ply[ \t]*\r?\n/.test(decodeLine(bytes.subarray(0, 8)))) {
    throw new GeometryError("ply-no-header", {
      file,
      place: "byte 0",
      got: bytes.length === 0 ? "an empty file" : JSON.stringify(decodeLine(bytes.subarray(0, 8))),
      expected: 'a first line that says "ply"',
      advice: "The file is not a PLY mesh; download it again.",
    });
  }
  const end = bytes.subarray(0, MAXIMUM_PLY_HEADER_BYTES).indexOf(LINE_FEED, start);
  if (end < 0) {
    throw new GeometryError("ply-header-without-end", {
      file,
      place: `header line ${lineNumber}`,
      got: `no end_header in the first ${Math.min(bytes.length, MAXIMUM_PLY_HEADER_BYTES)} bytes`,
      expected: "a line end_header",
      advice: "The file is damaged or was cut off; download it again.",
    });
  }
  return { line: decodeLine(bytes.subarray(start, end)).replace(/\r$/, ""), next: end + 1 };
}

function decodeLine(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

function badHeader(file: string, lineNumber: number, got: string, expected: string): GeometryError {
  return new GeometryError("ply-bad-header", {
    file,
    place: `header line ${lineNumber}`,
    // 80: enough to recognise the line; a damaged one can be as long as the header.
    got: JSON.stringify(got.slice(0, 80)),
    expected,
    advice: "The header is damaged or not PLY 1.0; download the mesh again.",
  });
}

/** Reads one number of a little-endian PLY body. `offset` counts bytes from the start of `view`. */
type ReadScalar = (view: DataView, offset: number) => number;

/** A scalar type of the PLY format: its size in bytes and how a little-endian value is read. */
export interface PlyScalarType {
  byteLength: number;
  read: ReadScalar;
}

const INT8: PlyScalarType = { byteLength: 1, read: (view, offset) => view.getInt8(offset) };
const UINT8: PlyScalarType = { byteLength: 1, read: (view, offset) => view.getUint8(offset) };
const INT16: PlyScalarType = { byteLength: 2, read: (view, offset) => view.getInt16(offset, true) };
const UINT16: PlyScalarType = { byteLength: 2, read: (view, offset) => view.getUint16(offset, true) };
const INT32: PlyScalarType = { byteLength: 4, read: (view, offset) => view.getInt32(offset, true) };
const UINT32: PlyScalarType = { byteLength: 4, read: (view, offset) => view.getUint32(offset, true) };
const FLOAT32: PlyScalarType = { byteLength: 4, read: (view, offset) => view.getFloat32(offset, true) };
const FLOAT64: PlyScalarType = { byteLength: 8, read: (view, offset) => view.getFloat64(offset, true) };

/**
 * The scalar types by the names headers use: those of Greg Turk's PLY description ("float") and the sized ones
 * later writers use ("float32").
 */
export const PLY_SCALAR_TYPES: ReadonlyMap<string, PlyScalarType> = new Map([
  ["char", INT8],
  ["int8", INT8],
  ["uchar", UINT8],
  ["uint8", UINT8],
  ["short", INT16],
  ["int16", INT16],
  ["ushort", UINT16],
  ["uint16", UINT16],
  ["int", INT32],
  ["int32", INT32],
  ["uint", UINT32],
  ["uint32", UINT32],
  ["float", FLOAT32],
  ["float32", FLOAT32],
  ["double", FLOAT64],
  ["float64", FLOAT64],
]);
