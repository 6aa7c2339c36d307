import { take, trim } from "../../scanMemory.ts";

/** How far `findTopLevelArray` came. */
interface TopLevelArray {
  /** Offset just behind the array's "[", or -1 when the bytes end without one. */
  start: number;
  /** Whether the bytes ended inside a string, list or object. */
  isOpen: boolean;
}

const QUOTE = 0x22;
const COLON = 0x3a;
const COMMA = 0x2c;
const OPEN_BRACKET = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const DIGIT_ZERO = 0x30;
const BLANK = 0x20;

/** Six digits, a comma, a blank and what follows: the most that reading one id quickly looks at. */
const QUICK_BYTES = 9;

/**
 * Finds the list that is the value of `key` in the outermost object, and in no string or nested object. Only brackets
 * and strings are followed: whether the rest is JSON is for JSON.parse to say.
 *
 * @param bytes JSON as UTF-8.
 * @param from Where to begin: 0, or behind the "]" of an array found before.
 */
export function findTopLevelArray(bytes: Uint8Array, key: string, from: number): TopLevelArray {
  let depth = from === 0 ? 0 : 1;
  let position = from;
  while (position < bytes.length) {
    const byte = bytes[position];
    if (byte === QUOTE) {
      const end = skipString(bytes, position);
      if (end > bytes.length) return { start: -1, isOpen: true };
      if (depth === 1) {
        const value = skipBlanks(bytes, end);
        const list = bytes[value] === COLON ? skipBlanks(bytes, value + 1) : -1;
        if (bytes[list] === OPEN_BRACKET && isString(bytes.subarray(position, end), key)) {
          return { start: list + 1, isOpen: true };
        }
      }
      position = end;
      continue;
    }
    if (byte === OPEN_BRACE || byte === OPEN_BRACKET) depth += 1;
    else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) depth -= 1;
    position += 1;
  }
  return { start: -1, isOpen: depth > 0 };
}

function skipBlanks(bytes: Uint8Array, from: number): number {
  let position = from;
  while (isJsonBlank(bytes[position])) position += 1;
  return position;
}

/** Whether `byte` is one of JSON's four blanks (RFC 8259, section 2). */
function isJsonBlank(byte: number): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}

/** Offset behind the string whose quote stands at `from`; beyond the bytes when it does not end. */
function skipString(bytes: Uint8Array, from: number): number {
  let position = from + 1;
  while (position < bytes.length && bytes[position] !== QUOTE) position += bytes[position] === BACKSLASH ? 2 : 1;
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
  const ids = take(Int32Array, ((bytes.length - start) >> 1) + 1);
  const read: ReadSoFar = { position: start, count: 0 };
  const stop = (problem: SegmentIdScan["problem"], end: number): SegmentIdScan => ({
    ids: trim(ids, read.count),
    end,
    problem: problem !== null && end >= bytes.length ? "ended early" : problem,
  });

  let position = skipBlanks(bytes, start);
  if (bytes[position] === CLOSE_BRACKET) return stop(null, position);
  for (;;) {
    read.position = position;
    readUsualIds(bytes, ids, read);
    // Whatever ends the list, is written otherwise or is wrong.
    position = skipBlanks(bytes, read.position);
    const first = position;
    let value = 0;
    let digit = bytes[position] - DIGIT_ZERO;
    while (digit >= 0 && digit <= 9) {
      value = value * 10 + digit;
      position += 1;
      if (value > MAXIMUM_SEGMENT_ID) return stop("not an id", position);
      digit = bytes[position] - DIGIT_ZERO;
    }
    if (position === first) return stop(startsOtherValue(bytes[position]) ? "not an id" : "not JSON", position);
    if (bytes[first] === DIGIT_ZERO && position > first + 1) return stop("not JSON", position);
    ids[read.count++] = value;

    position = skipBlanks(bytes, position);
    if (bytes[position] === CLOSE_BRACKET) return stop(null, position);
    if (bytes[position] !== COMMA) return stop(continuesNumber(bytes[position]) ? "not an id" : "not JSON", position);
    position = skipBlanks(bytes, position + 1);
  }
}

/** How far a list has been read. */
interface ReadSoFar {
  /** Offset of the next id. */
  position: number;
  /** Ids read. */
  count: number;
}

/**
 * Reads ids as ScanNet and everyone else writes them, up to the first that is not so: one to six digits (vertices of a mesh
 * are fewer than a million), a comma, perhaps a blank. A loop over the digits, in one function with the other ways, took
 * more than twice as long, 1.7 ms for 150,000 ids.
 */
function readUsualIds(bytes: Uint8Array, ids: Int32Array, read: ReadSoFar): void {
  const last = bytes.length - QUICK_BYTES;
  let { position, count } = read;
  while (position <= last) {
    let next = position + 1;
    let value = bytes[position] - DIGIT_ZERO;
    // A leading zero is not JSON.
    if (value <= 0 || value > 9) break;
    let digit = bytes[next] - DIGIT_ZERO;
    if (isDigit(digit)) {
      value = value * 10 + digit;
      next += 1;
      digit = bytes[next] - DIGIT_ZERO;
      if (isDigit(digit)) {
        value = value * 10 + digit;
        next += 1;
        digit = bytes[next] - DIGIT_ZERO;
        if (isDigit(digit)) {
          value = value * 10 + digit;
          next += 1;
          digit = bytes[next] - DIGIT_ZERO;
          if (isDigit(digit)) {
            value = value * 10 + digit;
            next += 1;
            digit = bytes[next] - DIGIT_ZERO;
            if (isDigit(digit)) {
              value = value * 10 + digit;
              next += 1;
              digit = bytes[next] - DIGIT_ZERO;
            }
          }
        }
      }
    }
    if (digit !== COMMA - DIGIT_ZERO) break;
    next += 1;
    if (bytes[next] === BLANK) next += 1;
    ids[count] = value;
    count += 1;
    position = next;
  }
  read.position = position;
  read.count = count;
}

/** One comparison for "0 or more, and 9 or less". */
function isDigit(digit: number): boolean {
  return digit >>> 0 <= 9;
}

/** Negative numbers, text, lists, objects, true, false and null. */
function startsOtherValue(byte: number): boolean {
  return '-"[{tfn'.includes(String.fromCharCode(byte));
}

/** Fractions and exponents. */
function continuesNumber(byte: number): boolean {
  return ".eE".includes(String.fromCharCode(byte));
}
