import { isJsonBlank } from "./findTopLevelArray.ts";

const comma = 0x2c;
const digitZero = 0x30;
const closeBracket = 0x5d;

/** 2^31 - 1: segment ids are kept in 32-bit integers. */
export const MAXIMUM_SEGMENT_ID = 0x7fffffff;

/** What `scanSegmentIds` found. */
export interface SegmentIdScan {
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
