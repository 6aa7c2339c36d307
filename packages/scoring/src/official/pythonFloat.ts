import { decimalDigit } from "./decimalDigit.ts";
import { isFloatSpace, pythonStrip } from "./pythonStrip.ts";

// No group that repeats: on tens of millions of characters V8 runs out of stack for one, and two runs of digits side by side would be quadratic.
const NUMBER = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/i;
const MISPLACED_UNDERSCORE = /(?<!\d)_|_(?!\d)/;
const SPECIAL = /^([+-]?)(?:(inf(?:inity)?)|nan)$/i;
const NOT_ASCII = /[^\0-\x7f]/gu;

/**
 * Python's `float(text)`, or null where it raises a ValueError. As there, underscores may stand between digits, digits may be
 * of any script, and nan and inf are numbers (CPython, Objects/floatobject.c, PyFloat_FromString). Which digits there are is as old as each
 * runtime's Unicode.
 */
export function pythonFloat(text: string): number | null {
  const ascii = pythonStrip(text, isFloatSpace).replace(NOT_ASCII, (character) => {
    const digit = decimalDigit(character.codePointAt(0)!);
    return digit < 0 ? "?" : String(digit);
  });
  if (MISPLACED_UNDERSCORE.test(ascii)) return null;
  const plain = ascii.includes("_") ? ascii.replaceAll("_", "") : ascii;
  if (NUMBER.test(plain)) return Number(plain);
  const special = SPECIAL.exec(ascii);
  if (special === null) return null;
  if (special[2] === undefined) return Number.NaN;
  return special[1] === "-" ? -Infinity : Infinity;
}
