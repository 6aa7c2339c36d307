import { decimalDigit } from "./decimalDigit.ts";
import { isFloatSpace, pythonStrip } from "./pythonStrip.ts";

const NUMBER = /^[+-]?(?:\d+(?:_\d+)*(?:\.(?:\d+(?:_\d+)*)?)?|\.\d+(?:_\d+)*)(?:e[+-]?\d+(?:_\d+)*)?$/i;
const SPECIAL = /^([+-]?)(?:(inf(?:inity)?)|nan)$/i;
const NOT_ASCII = /[^\0-\x7f]/gu;

/**
 * Python's `float(text)`, or null where it raises a ValueError. As there, underscores may stand between digits, digits may be
 * of any script, and nan and inf are numbers (CPython, Objects/floatobject.c, PyFloat_FromString).
 */
export function pythonFloat(text: string): number | null {
  const ascii = pythonStrip(text, isFloatSpace).replace(NOT_ASCII, (character) => {
    const digit = decimalDigit(character.codePointAt(0)!);
    return digit < 0 ? "?" : String(digit);
  });
  if (NUMBER.test(ascii)) return Number(ascii.includes("_") ? ascii.replaceAll("_", "") : ascii);
  const special = SPECIAL.exec(ascii);
  if (special === null) return null;
  if (special[2] === undefined) return Number.NaN;
  return special[1] === "-" ? -Infinity : Infinity;
}
