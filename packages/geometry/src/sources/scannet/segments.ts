import { BYTES, checkArguments, checkOptions, orNull, TEXT, WHOLE } from "@vsi/dataset/internal";
import { GeometryError } from "../../errors.ts";
import { isSceneOf } from "./scanInfo.ts";
import { findTopLevelArray, MAXIMUM_SEGMENT_ID, type SegmentIdScan, scanSegmentIds } from "./segmentIds.ts";

/** Where a segs.json comes from and what it should fit. */
export interface SegmentsOptions {
  /** The file as errors name it, POSIX separators. Default: "segs.json". */
  file: string;
  /** Vertices of the mesh; null, the default: any number of segment ids is taken. */
  vertexCount: number | null;
  /** The scan's id, which the file's sceneId must match when it has one; null, the default: any. */
  sceneName: string | null;
}

/** Used where the caller says nothing about the file. */
export const SEGMENTS_DEFAULTS: SegmentsOptions = { file: "segs.json", vertexCount: null, sceneName: null };
const DAMAGED = "The file is damaged; download it again.";
const CUT_OFF = "The file is truncated; download it again.";

/**
 * Reads `segIndices` of ScanNet's `<scanId>_vh_clean_2.0.010000.segs.json`. The list is read from the bytes; the rest
 * of the file goes through JSON.parse, so that nothing passes that is not one complete JSON object.
 *
 * @returns The segment id of every vertex, in the mesh's order.
 * @throws GeometryError "segs-not-json", "segs-json-incomplete", "segs-no-indices", "segs-repeated-key", "segs-bad-id",
 * "segs-wrong-scene" or "segs-count-mismatch".
 *
 * @example
 * ```js
 * import { readSegments } from "@vsi/geometry";
 *
 * const json = JSON.stringify({ sceneId: "scene0000_00", segIndices: [7, 7, 2] });
 * console.log(readSegments(new TextEncoder().encode(json)).join(" ")); // 7 7 2
 * ```
 */
export function readSegments(bytes: Uint8Array, options: Partial<SegmentsOptions> = {}): Int32Array {
  checkArguments("readSegments", { bytes: [bytes, BYTES] });
  checkOptions(options, { file: TEXT, vertexCount: orNull(WHOLE), sceneName: orNull(TEXT) }, "readSegments");
  const { file, vertexCount, sceneName } = { ...SEGMENTS_DEFAULTS, ...options };
  const list = findTopLevelArray(bytes, "segIndices", 0);
  if (list.start < 0) {
    const document = parseRest(bytes, list.isOpen, file);
    throw noIndices(file, Object.hasOwn(document, "segIndices") ? "segIndices that is not a list" : "no segIndices");
  }
  const scan = scanSegmentIds(bytes, list.start);
  if (scan.problem !== null) throw badList(bytes, scan, file);

  const again = findTopLevelArray(bytes, "segIndices", scan.end + 1);
  if (again.start >= 0) throw repeatedKey(file, again.start);
  const document = parseRest(withoutList(bytes, list.start, scan.end), again.isOpen, file);
  if (!Array.isArray(document.segIndices)) throw noIndices(file, "a second segIndices that is not a list");
  checkScene(document, sceneName, file);
  if (vertexCount !== null && scan.ids.length !== vertexCount) {
    throw new GeometryError("segs-count-mismatch", {
      file,
      place: "segIndices",
      got: `${scan.ids.length} segment ids`,
      expected: `${vertexCount}, one per vertex of the mesh`,
      advice:
        "Mesh and segmentation are from different versions; download <scanId>_vh_clean_2.ply and its segs.json again.",
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
      advice: isCut ? CUT_OFF : DAMAGED,
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
  if (typeof sceneId === "string" && isSceneOf(sceneId, sceneName)) return;
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
    const detail = { file, place, got: "the end of the file", expected: 'the end of the list, "]"', advice: CUT_OFF };
    return new GeometryError("segs-json-incomplete", detail);
  }
  if (scan.problem === "not an id") {
    const expected = `an integer from 0 to ${MAXIMUM_SEGMENT_ID}, plain digits`;
    return new GeometryError("segs-bad-id", { file, place, got: found, expected, advice: DAMAGED });
  }
  return new GeometryError("segs-not-json", {
    file,
    place,
    got: found,
    expected: "comma-separated integers",
    advice: DAMAGED,
  });
}

function repeatedKey(file: string, start: number): GeometryError {
  return new GeometryError("segs-repeated-key", {
    file,
    place: `byte ${start}`,
    got: "a second segIndices",
    expected: "segIndices once",
    advice: DAMAGED,
  });
}

function noIndices(file: string, got: string): GeometryError {
  return new GeometryError("segs-no-indices", {
    file,
    place: "top level",
    got,
    expected: 'an object with "segIndices": [one integer per vertex]',
    advice: "Use ScanNet's <scanId>_vh_clean_2.0.010000.segs.json.",
  });
}
