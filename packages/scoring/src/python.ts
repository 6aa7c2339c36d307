import { argumentError, TEXT } from "@vsi/dataset/internal";

const MISPLACED_UNDERSCORE = /(?<!\d)_|_(?!\d)/;
const SPECIAL = /^([+-]?)(?:(inf(?:inity)?)|nan)$/i;
const NOT_ASCII = /[^\0-\x7f]/gu;

/**
 * Python's `float(text)`, or null where it raises a ValueError. As there, underscores may stand between digits, digits
 * may be of any script, and nan and inf are numbers (CPython, Objects/floatobject.c, PyFloat_FromString). Which digits
 * there are is as old as each runtime's Unicode.
 *
 * @example
 * ```js
 * import { pythonFloat } from "@vsi/scoring";
 *
 * console.log(pythonFloat("1_000.5"), pythonFloat("2.5 m")); // 1000.5 null
 * ```
 */
export function pythonFloat(text: string): number | null {
  if (typeof text !== "string") throw argumentError("pythonFloat", "text", text, TEXT.words);
  const ascii = pythonStrip(text, isFloatSpace).replace(NOT_ASCII, (character) => {
    const digit = decimalDigit(character.codePointAt(0) ?? 0);
    return digit < 0 ? "?" : String(digit);
  });
  if (MISPLACED_UNDERSCORE.test(ascii)) return null;
  const plain = ascii.includes("_") ? ascii.replaceAll("_", "") : ascii;
  if (isDecimalNumber(plain)) return Number(plain);
  const special = SPECIAL.exec(ascii);
  if (special === null) return null;
  if (special[2] === undefined) return Number.NaN;
  return special[1] === "-" ? -Infinity : Infinity;
}

/**
 * Whether a text is `[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?` and nothing else. Read by hand: on tens of millions of
 * digits V8 now and then runs out of stack for the pattern.
 */
function isDecimalNumber(text: string): boolean {
  let at = "+-".includes(text.charAt(0)) && text !== "" ? 1 : 0;
  const skipDigits = (): number => {
    const start = at;
    while (text.charCodeAt(at) >= 48 && text.charCodeAt(at) <= 57) at += 1;
    return at - start;
  };
  let digits = skipDigits();
  if (text.charAt(at) === ".") {
    at += 1;
    digits += skipDigits();
  }
  if (digits === 0) return false;
  if (text.charAt(at).toLowerCase() === "e") {
    at += 1;
    if (text.charAt(at) === "+" || text.charAt(at) === "-") at += 1;
    if (skipDigits() === 0) return false;
  }
  return at === text.length;
}

const DECIMAL_DIGIT = /^\p{Nd}$/u;

/**
 * The value of a decimal digit of any script ("٣" is 3), or -1 for every other code point. Unicode keeps each script's
 * ten digits together and in order from zero (The Unicode Standard, section 4.6), so the place in the run is the value.
 */
export function decimalDigit(codePoint: number): number {
  if (codePoint < 128) return codePoint >= 48 && codePoint <= 57 ? codePoint - 48 : -1;
  let first = codePoint;
  while (DECIMAL_DIGIT.test(String.fromCodePoint(first))) first -= 1;
  return first === codePoint ? -1 : (codePoint - first - 1) % 10;
}

/**
 * True for what Python's str.isspace accepts: \x1c to \x1f and \x85 are in, the byte order mark is not (unlike
 * JavaScript's trim).
 */
function isPythonSpace(code: number): boolean {
  if (code < 128) return code === 32 || (code >= 9 && code <= 13) || (code >= 28 && code <= 31);
  return (
    code === 0x85 ||
    code === 0xa0 ||
    code === 0x1680 ||
    (code >= 0x2000 && code <= 0x200a) ||
    code === 0x2028 ||
    code === 0x2029 ||
    code === 0x202f ||
    code === 0x205f ||
    code === 0x3000
  );
}

/** What float() strips by itself: as str.isspace without the four separators, which C's isspace does not know. */
function isFloatSpace(code: number): boolean {
  return isPythonSpace(code) && !(code >= 28 && code <= 31);
}

/** Python's `text.strip()`; with `isSpace`, the same for another set of characters. */
export function pythonStrip(text: string, isSpace: (code: number) => boolean = isPythonSpace): string {
  let start = 0;
  let end = text.length;
  while (start < end && isSpace(text.charCodeAt(start))) start += 1;
  while (end > start && isSpace(text.charCodeAt(end - 1))) end -= 1;
  return start === 0 && end === text.length ? text : text.slice(start, end);
}

/** What `\s` is in Python's patterns, which is str.isspace, as a part of a pattern. */
export const PYTHON_SPACE = "[\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]";

/** What `\w` is in Python's patterns: str.isalnum and the underscore. Without the u flag it is something else. */
export const PYTHON_WORD = "[\\p{L}\\p{N}_]";

/** Where Python's str.splitlines divides, as a pattern. */
export const PYTHON_LINE_END = "\\r\\n|[\\n\\r\\v\\f\\x1c-\\x1e\\x85\\u2028\\u2029]";
