import { OptionsError } from "./errors.ts";
import { describeValue, isRecord } from "./values.ts";

/**
 * What a value that a caller gives must be: TypeScript says it to those who use it, and a kind says it to JavaScript.
 * Kinds look at a value's own shape, not at every number in it: vertices come by the hundred thousand.
 */
export interface Kind {
  /** "a whole number of at least 1", for "expected ...". */
  words: string;
  fits: (value: unknown) => boolean;
}

export const ANY: Kind = { words: "anything", fits: () => true };
export const TEXT: Kind = { words: "a string", fits: (value) => typeof value === "string" };
export const PATH: Kind = {
  words: "a path",
  fits: (value) => typeof value === "string" && value !== "" && !value.includes("\0"),
};
export const SWITCH: Kind = { words: "true or false", fits: (value) => typeof value === "boolean" };
export const NUMBER: Kind = { words: "a finite number", fits: Number.isFinite };
export const INTEGER: Kind = { words: "an integer", fits: Number.isSafeInteger };
export const WHOLE: Kind = wholeFrom(0);
export const LIST: Kind = { words: "a list", fits: Array.isArray };
export const RECORD: Kind = { words: "an object", fits: isRecord };
export const MAP: Kind = { words: "a Map", fits: (value) => value instanceof Map };
export const BYTES: Kind = { words: "a Uint8Array of bytes", fits: (value) => value instanceof Uint8Array };
export const FUNCTION: Kind = { words: "a function", fits: (value) => typeof value === "function" };
export const SIGNAL: Kind = { words: "an AbortSignal", fits: (value) => value instanceof AbortSignal };
export const POINT: Kind = { words: "x, y, z: three finite numbers", fits: isPoint };
export const POSITIONS: Kind = {
  words: "x, y, z of each point in a row: numbers in threes",
  fits: (value) => isNumbers(value) && value.length % 3 === 0,
};

/** A whole number, `least` or more. */
export function wholeFrom(least: number): Kind {
  return {
    words: `a whole number of at least ${least}`,
    fits: (value) => Number.isSafeInteger(value) && (value as number) >= least,
  };
}

/** A number strictly between two others. */
export function between(low: number, high: number): Kind {
  return {
    words: `a number between ${low} and ${high}`,
    fits: (value) => typeof value === "number" && value > low && value < high,
  };
}

export function oneOf(words: readonly string[]): Kind {
  return { words: `one of ${words.join(", ")}`, fits: (value) => words.includes(value as string) };
}

export function orNull({ words, fits }: Kind): Kind {
  return { words: `${words}, or null`, fits: (value) => value === null || fits(value) };
}

export function optional({ words, fits }: Kind): Kind {
  return { words: `${words}, or nothing`, fits: (value) => value === undefined || fits(value) };
}

/** @param words what is listed, "a list of scenes". */
export function listOf({ fits }: Kind, words: string): Kind {
  return { words, fits: (value) => Array.isArray(value) && value.every(fits) };
}

export const TEXTS: Kind = listOf(TEXT, "a list of strings");

/** What charts and tables show; what is no finite number there is left out and counted. */
export const VALUES: Kind = listOf(
  { words: "", fits: (value) => typeof value === "number" || value === null },
  "a list of numbers, null for none",
);

/** An object that has at least these fields. */
export function fields(kinds: Readonly<Record<string, Kind>>): Kind {
  const needed = Object.entries(kinds);
  return {
    words: `an object with ${needed.map(([name, { words }]) => `${name} (${words})`).join(", ")}`,
    fits: (value) => isRecord(value) && needed.every(([name, { fits }]) => fits(value[name])),
  };
}

/** Numbers in a typed array or a list. */
export function isNumbers(value: unknown): value is ArrayLike<number> {
  if (ArrayBuffer.isView(value)) return "length" in value && !(value instanceof BigInt64Array);
  return Array.isArray(value) && value.every((one) => typeof one === "number");
}

function isPoint(value: unknown): boolean {
  return isNumbers(value) && value.length === 3 && Array.prototype.every.call(value, Number.isFinite);
}

/**
 * Checks what a function was called with. Not for functions that are called per vertex or pair: they look at what is
 * cheap, and call `argumentError` themselves.
 *
 * @param where the function, as a caller knows it: "gravityBox".
 * @param given by the parameter's name: its value, and what it must be.
 * @throws OptionsError "argument-value" naming the first that does not fit.
 */
export function checkArguments(where: string, given: Readonly<Record<string, readonly [unknown, Kind]>>): void {
  for (const [name, [value, kind]] of Object.entries(given)) {
    if (!kind.fits(value)) throw argumentError(where, name, value, kind.words);
  }
}

/** An argument that a function cannot take. */
export function argumentError(where: string, name: string, got: unknown, expected: string): OptionsError {
  return new OptionsError("argument-value", {
    file: `${where}()`,
    place: name,
    got: describeGiven(got),
    expected,
    advice: `Give ${name} as its documentation says.`,
  });
}

/** As describeValue, with a typed array, Map or other class by its name. */
export function describeGiven(value: unknown): string {
  if (ArrayBuffer.isView(value) && "length" in value) return `a ${value.constructor.name} of ${value.length}`;
  if (typeof value === "function") return "a function";
  const name = isRecord(value) ? Object.getPrototypeOf(value)?.constructor?.name : undefined;
  if (typeof name === "string" && name !== "" && name !== "Object") return `a ${name}`;
  return describeValue(value);
}
