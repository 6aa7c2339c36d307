import { at, BYTES, checkArguments, checkOptions } from "@vsi/dataset/internal";
import { decimalNumber } from "../../decimalNumber.ts";
import { GeometryError } from "../../errors.ts";

/** What `<scanId>.txt` says. */
export interface ScanInfo {
  /**
   * Row-major 4 by 4 matrix that turns the mesh's coordinates into axis-aligned ones (metres, +Z up), or null where the
   * file has none, as for test scans: identity then.
   */
  axisAlignment: Float64Array | null;
  /** Every key with its value as written, without surrounding blanks. */
  values: Map<string, string>;
}

/** Where a `<scanId>.txt` comes from, for messages. */
export interface ScanInfoOptions {
  /** The file as the user knows it, POSIX separators. */
  file: string;
}

/** Used where the caller does not say which file the bytes come from. */
export const SCAN_INFO_DEFAULTS: ScanInfoOptions = { file: "scan info" };

/**
 * 0.001: how far the matrix may be from a turn about +Z. The files give six decimals (errors of 1e-6); at 0.001 a point
 * 10 m away moves by 1 cm, the rounding of the answers.
 */
const ALIGNMENT_TOLERANCE = 1e-3;
/**
 * Reads a scan's `<scanId>.txt`: lines `key = value`, LF or CRLF; keys that this package does not use are kept.
 *
 * @throws GeometryError "scan-info-bad-line", "scan-info-repeated-key", or "scan-info-bad-alignment" when axisAlignment is
 * not 16 finite numbers that make a rotation about +Z and a translation (the yaw alignment of ScanNet's benchmark).
 *
 * @example
 * ```js
 * import { readFile } from "node:fs/promises";
 * import { readScanInfo } from "@vsi/geometry";
 *
 * const info = readScanInfo(await readFile("raw/scans/scene9000_00/scene9000_00.txt"));
 * console.log(Object.keys(info).join(", ")); // axisAlignment, values
 * ```
 */
export function readScanInfo(bytes: Uint8Array, options: Partial<ScanInfoOptions> = {}): ScanInfo {
  checkArguments("readScanInfo", { bytes: [bytes, BYTES] });
  checkOptions(options, SCAN_INFO_DEFAULTS, "readScanInfo");
  const { file } = { ...SCAN_INFO_DEFAULTS, ...options };
  const values = new Map<string, string>();
  let axisAlignment: Float64Array | null = null;
  for (const [index, line] of new TextDecoder().decode(bytes).split(/\r?\n/).entries()) {
    if (line.trim() === "") continue;
    const place = `line ${index + 1}`;
    const separator = line.indexOf("=");
    const key = line.slice(0, separator).trim();
    const value = line.slice(separator + 1).trim();
    if (separator < 0 || key === "") {
      throw new GeometryError("scan-info-bad-line", {
        file,
        place,
        // 80: enough to recognise the line; that of a binary file has no end.
        got: JSON.stringify(line.slice(0, 80)),
        expected: "key = value",
        advice: "The file is damaged; download it again.",
      });
    }
    if (values.has(key) && values.get(key) !== value) {
      throw new GeometryError("scan-info-repeated-key", {
        file,
        place,
        got: `a second, different ${key.slice(0, 80)}`,
        expected: "each key once",
        advice: "Remove the wrong one, or download the file again.",
      });
    }
    values.set(key, value);
    if (key === "axisAlignment") axisAlignment = parseAlignment(value, file, place);
  }
  return { axisAlignment, values };
}

function parseAlignment(value: string, file: string, place: string): Float64Array {
  const bad = (got: string, expected: string): GeometryError =>
    new GeometryError("scan-info-bad-alignment", {
      file,
      place: `${place}, axisAlignment`,
      got,
      expected,
      advice: "Download the .txt again; without its axisAlignment line the scan is taken as already aligned.",
    });
  const words = value.split(/\s+/).filter((word) => word !== "");
  if (words.length !== 16) throw bad(`${words.length} numbers`, "16 numbers, a row-major 4 by 4 matrix");
  const matrix = Float64Array.from(words, decimalNumber);
  const wrong = matrix.findIndex((number) => !Number.isFinite(number));
  if (wrong >= 0) {
    throw bad(`${JSON.stringify(at(words, wrong).slice(0, 80))} as number ${wrong + 1}`, "16 finite numbers");
  }
  checkYawRotation(matrix, words, bad);
  return matrix;
}

/** Cells that are constant in any rotation about +Z followed by a translation. */
const CONSTANT_CELLS: readonly (readonly [number, number])[] = [
  [2, 0],
  [6, 0],
  [8, 0],
  [9, 0],
  [10, 1],
  [12, 0],
  [13, 0],
  [14, 0],
  [15, 1],
];

function checkYawRotation(
  matrix: Float64Array,
  words: string[],
  bad: (got: string, expected: string) => GeometryError,
): void {
  for (const [cell, expected] of CONSTANT_CELLS) {
    if (Math.abs(at(matrix, cell) - expected) > ALIGNMENT_TOLERANCE) {
      throw bad(`${words[cell]} as number ${cell + 1}`, `${expected}, as in a rotation about +Z and a translation`);
    }
  }
  const [cosine, minusSine, sine, secondCosine] = [at(matrix, 0), at(matrix, 1), at(matrix, 4), at(matrix, 5)];
  const errors = [cosine - secondCosine, sine + minusSine, Math.hypot(cosine, sine) - 1];
  if (errors.some((error) => Math.abs(error) > ALIGNMENT_TOLERANCE)) {
    throw bad(
      `upper left corner ${cosine} ${minusSine} / ${sine} ${secondCosine}`,
      "cos -sin / sin cos of one angle: a rotation without scaling or mirroring",
    );
  }
}

/**
 * `scene%04d_%02d`: a physical room and a scan of it; ScanNet has 807 rooms, those by @vsi/synth may have five digits.
 * Such an id is also safe as a file name.
 */
const SCAN_ID_PATTERN = /^scene(?:\d{4}|[1-9]\d{4})_\d{2}$/;

/** Whether `name` is a scan's id, such as "scene0000_00". */
export function isScanId(name: string): boolean {
  return SCAN_ID_PATTERN.test(name);
}

/** Whether a `sceneId` of ScanNet's JSON files means this scan: its name, or "scannet." and its name. */
export function isSceneOf(sceneId: string, sceneName: string): boolean {
  return sceneId.replace(/^scannet\./, "") === sceneName;
}

/**
 * The scan's id in a `sceneId` of ScanNet's JSON files: "scene0000_00" for itself and for "scannet.scene0000_00", else
 * null.
 */
export function scanIdOf(sceneId: string): string | null {
  const scanId = sceneId.replace(/^scannet\./, "");
  return isScanId(scanId) ? scanId : null;
}
