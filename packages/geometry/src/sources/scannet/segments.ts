import { GeometryError } from "../../errors.ts";
import { scanIdOf } from "./scanInfo.ts";

/** Where a segs.json comes from and what it should fit. */
export interface SegmentsOptions {
  /** The file as the user knows it, POSIX separators. */
  file: string;
  /** Vertices of the mesh; null: any number of segment ids is taken. */
  vertexCount: number | null;
  /** The scan's id, which the file's sceneId must match when it has one; null: any. */
  sceneName: string | null;
}

/** Used where the caller says nothing about the file. */
export const SEGMENTS_DEFAULTS: SegmentsOptions = { file: "segs.json", vertexCount: null, sceneName: null };

const damaged = "The file is damaged; download it again.";
const cutOff = "The file was cut off; download it again.";

/**
 * Reads `segIndices` of ScanNet's `<scanId>_vh_clean_2.0.010000.segs.json`. The list is read from the bytes; the rest of
 * the file goes through JSON.parse, so that nothing passes that is not one complete JSON object.
 *
 * @returns The segment id of every vertex, in the mesh's order.
 * @throws GeometryError "segs-not-json", "segs-json-incomplete", "segs-no-indices", "segs-repeated-key", "segs-bad-id",
 * "segs-wrong-scene" or "segs-count-mismatch".
 */
export function readSegments(bytes: Uint8Array, options: Partial<SegmentsOptions> = {}): Int32Array {
  const { file, vertexCount, sceneName } = { ...SEGMENTS_DEFAULTS, ...options };
  const list = findTopLevelArray(bytes, "segIndices", 0);
  if (list.start < 0) {
    const document = parseRest(bytes, list.isOpen, file);
    throw noIndices(file, Object.hasOwn(document, "segIndices") ? "segIndices that is no list" : "no segIndices");
  }
  const scan = scanSegmentIds(bytes, list.start);
  if (scan.problem !== null) throw badList(bytes, scan, file);

  const again = findTopLevelArray(bytes, "segIndices", scan.end + 1);
  if (again.start >= 0) throw repeatedKey(file, again.start);
  const document = parseRest(withoutList(bytes, list.start, scan.end), again.isOpen, file);
  if (!Array.isArray(document.segIndices)) throw noIndices(file, "a second segIndices that is no list");
  checkScene(document, sceneName, file);
  if (vertexCount !== null && scan.ids.length !== vertexCount) {
    throw new GeometryError("segs-count-mismatch", {
      file,
      place: "segIndices",
      got: `${scan.ids.length} segment ids`,
      expected: `${vertexCount}, one a vertex of the mesh`,
      advice:
        "Mesh and segmentation are of different versions; download <scanId>_vh_clean_2.ply and its segs.json again.",
    });
  }
  return scan.ids;
}

/** The file with an empty list in place of the long one. */
function withoutList(bytes: Uint8Array, start: number, end: number): Uint8Array {
  const rest = new Uint8Array(start + bytes.length - end);
  rest.set(bytes.subarray(0, start));
  rest.set(bytes.subarray(end), start);
  return rest;
}

function parseRest(rest: Uint8Array, isOpen: boolean, file: string): Record<string, unknown> {
  let document: unknown;
  try {
    document = JSON.parse(new TextDecoder().decode(rest));
  } catch (error) {
    const isCut = isOpen || rest.length === 0;
    throw new GeometryError(isCut ? "segs-json-incomplete" : "segs-not-json", {
      file,
      place: isCut ? "end of the file" : "file",
      // The parser quotes the text, line ends included.
      got: rest.length === 0 ? "an empty file" : String(error).replaceAll(/\s+/g, " ").slice(0, 200),
      expected: "one complete JSON object",
      advice: isCut ? cutOff : damaged,
    });
  }
  if (typeof document !== "object" || document === null || Array.isArray(document)) {
    throw noIndices(file, "JSON that is not an object");
  }
  return document as Record<string, unknown>;
}

function checkScene(document: Record<string, unknown>, sceneName: string | null, file: string): void {
  if (sceneName === null || !Object.hasOwn(document, "sceneId")) return;
  const { sceneId } = document;
  if (typeof sceneId === "string" && scanIdOf(sceneId) === sceneName) return;
  throw new GeometryError("segs-wrong-scene", {
    file,
    place: "sceneId",
    // 80: enough to recognise the value in the file.
    got: JSON.stringify(sceneId).slice(0, 80),
    expected: `"${sceneName}"`,
    advice: "The file belongs to another scan; download this scan's segs.json again.",
  });
}

function badList(bytes: Uint8Array, scan: SegmentIdScan, file: string): GeometryError {
  const place = `segIndices[${scan.ids.length}], byte ${scan.end}`;
  const found = JSON.stringify(new TextDecoder().decode(bytes.subarray(scan.end, scan.end + 16)));
  if (scan.problem === "ended early") {
    const detail = { file, place, got: "the end of the file", expected: 'the end of the list, "]"', advice: cutOff };
    return new GeometryError("segs-json-incomplete", detail);
  }
  if (scan.problem === "not an id") {
    const expected = `an integer from 0 to ${MAXIMUM_SEGMENT_ID}, plain digits`;
    return new GeometryError("segs-bad-id", { file, place, got: found, expected, advice: damaged });
  }
  return new GeometryError("segs-not-json", {
    file,
    place,
    got: found,
    expected: "integers with commas between",
    advice: damaged,
  });
}

function repeatedKey(file: string, start: number): GeometryError {
  return new GeometryError("segs-repeated-key", {
    file,
    place: `byte ${start}`,
    got: "a second segIndices",
    expected: "segIndices once",
    advice: damaged,
  });
}

function noIndices(file: string, got: string): GeometryError {
  return new GeometryError("segs-no-indices", {
    file,
    place: "top level",
    got,
    expected: 'an object with "segIndices": [one integer a vertex]',
    advice: "Use ScanNet's <scanId>_vh_clean_2.0.010000.segs.json.",
  });
}

const quote = 0x22;
const colon = 0x3a;
const openBracket = 0x5b;
const backslash = 0x5c;
const closeBracket = 0x5d;
const openBrace = 0x7b;
const closeBrace = 0x7d;

/** How far `findTopLevelArray` came. */
interface TopLevelArray {
  /** Offset just behind the array's "[", or -1 when the bytes end without one. */
  start: number;
  /** Whether the bytes ended inside a string, list or object. */
  isOpen: boolean;
}

/** Whether `byte` is one of JSON's four blanks (RFC 8259, section 2). */
function isJsonBlank(byte: number): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}

/**
 * Finds the list that is the value of `key` in the outermost object, and in no string or nested object. Only brackets and
 * strings are followed: whether the rest is JSON is for JSON.parse to say.
 *
 * @param bytes JSON as UTF-8.
 * @param from Where to begin: 0, or behind the "]" of an array found before.
 */
export function findTopLevelArray(bytes: Uint8Array, key: string, from: number): TopLevelArray {
  let depth = from === 0 ? 0 : 1;
  let position = from;
  while (position < bytes.length) {
    const byte = bytes[position];
    if (byte === quote) {
      const end = skipString(bytes, position);
      if (end > bytes.length) return { start: -1, isOpen: true };
      if (depth === 1) {
        const value = skipBlanks(bytes, end);
        const list = bytes[value] === colon ? skipBlanks(bytes, value + 1) : -1;
        if (bytes[list] === openBracket && isString(bytes.subarray(position, end), key)) {
          return { start: list + 1, isOpen: true };
        }
      }
      position = end;
      continue;
    }
    if (byte === openBrace || byte === openBracket) depth += 1;
    else if (byte === closeBrace || byte === closeBracket) depth -= 1;
    position += 1;
  }
  return { start: -1, isOpen: depth > 0 };
}

function skipBlanks(bytes: Uint8Array, from: number): number {
  let position = from;
  while (isJsonBlank(bytes[position])) position += 1;
  return position;
}

/** Offset behind the string whose quote stands at `from`; beyond the bytes when it does not end. */
function skipString(bytes: Uint8Array, from: number): number {
  let position = from + 1;
  while (position < bytes.length && bytes[position] !== quote) position += bytes[position] === backslash ? 2 : 1;
  return position + 1;
}

/** Whether the quoted bytes are `text`, plain or with escapes. */
function isString(quoted: Uint8Array, text: string): boolean {
  try {
    return JSON.parse(new TextDecoder().decode(quoted)) === text;
  } catch {
    // Not a JSON string: the whole file is then refused by JSON.parse.
    return false;
  }
}

const comma = 0x2c;
const digitZero = 0x30;

/** 2^31 - 1: segment ids are kept in 32-bit integers. */
const MAXIMUM_SEGMENT_ID = 0x7fffffff;

/** What `scanSegmentIds` found. */
interface SegmentIdScan {
  ids: Int32Array;
  /** Offset of the "]", or of the byte that should not be there (the bytes' length when they end too early). */
  end: number;
  /** Null when the list is good. */
  problem: "ended early" | "not an id" | "not JSON" | null;
}

/**
 * Reads a JSON list of integers from 0 to 2^31 - 1 straight from its bytes: faster than JSON.parse, and without a
 * JavaScript list in between. As in JSON, leading zeros, missing and doubled commas are refused.
 *
 * @param start Offset just behind the "[".
 */
export function scanSegmentIds(bytes: Uint8Array, start: number): SegmentIdScan {
  // An id and its comma take at least two bytes.
  const ids = new Int32Array(((bytes.length - start) >> 1) + 1);
  let count = 0;
  let position = start;
  const stop = (problem: SegmentIdScan["problem"]): SegmentIdScan => ({
    ids: ids.slice(0, count),
    end: position,
    problem: problem !== null && position >= bytes.length ? "ended early" : problem,
  });

  while (isJsonBlank(bytes[position])) position += 1;
  if (bytes[position] === closeBracket) return stop(null);
  for (;;) {
    const first = position;
    let value = 0;
    let digit = bytes[position] - digitZero;
    while (digit >= 0 && digit <= 9) {
      value = value * 10 + digit;
      position += 1;
      if (value > MAXIMUM_SEGMENT_ID) return stop("not an id");
      digit = bytes[position] - digitZero;
    }
    if (position === first) return stop(startsOtherValue(bytes[position]) ? "not an id" : "not JSON");
    if (bytes[first] === digitZero && position > first + 1) return stop("not JSON");
    ids[count++] = value;

    while (isJsonBlank(bytes[position])) position += 1;
    if (bytes[position] === closeBracket) return stop(null);
    if (bytes[position] !== comma) return stop(continuesNumber(bytes[position]) ? "not an id" : "not JSON");
    position += 1;
    while (isJsonBlank(bytes[position])) position += 1;
  }
}

/** Negative numbers, text, lists, objects, true, false and null. */
function startsOtherValue(byte: number): boolean {
  return '-"[{tfn'.includes(String.fromCharCode(byte));
}

/** Fractions and exponents. */
function continuesNumber(byte: number): boolean {
  return ".eE".includes(String.fromCharCode(byte));
}
