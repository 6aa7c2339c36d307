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
  /** Of an object or list that does not fit, the first part that is why: its name as it is appended, and its kind. */
  unfit?: (value: unknown) => { name: string; value: unknown; kind: Kind } | null;
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

export function orNull(kind: Kind): Kind {
  return { ...kind, words: `${kind.words}, or null`, fits: (value) => value === null || kind.fits(value) };
}

export function optional(kind: Kind): Kind {
  return { ...kind, words: `${kind.words}, or nothing`, fits: (value) => value === undefined || kind.fits(value) };
}

/** @param words what is listed, "a list of scenes". */
export function listOf(kind: Kind, words: string): Kind {
  return {
    words,
    fits: (value) => Array.isArray(value) && value.every(kind.fits),
    unfit: (value) => {
      if (!Array.isArray(value) || kind.words === "") return null;
      const index = value.findIndex((one) => !kind.fits(one));
      return index < 0 ? null : { name: `[${index}]`, value: value[index], kind };
    },
  };
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
    unfit: (value) => {
      if (!isRecord(value)) return null;
      const [name, kind] = needed.find(([name, { fits }]) => !fits(value[name])) ?? [];
      return name === undefined || kind === undefined ? null : { name: `.${name}`, value: value[name], kind };
    },
  };
}

/** An object that has these fields and no others: a misspelt one would quietly count as left out. */
export function onlyFields(kinds: Readonly<Record<string, Kind>>): Kind {
  const given = fields(kinds);
  const unknownIn = (value: unknown): string | undefined =>
    isRecord(value) ? Object.keys(value).find((name) => !Object.hasOwn(kinds, name)) : undefined;
  const noField: Kind = { words: `no such field, only ${Object.keys(kinds).join(", ")}`, fits: () => false };
  return {
    words: given.words,
    fits: (value) => given.fits(value) && unknownIn(value) === undefined,
    unfit: (value) => {
      const name = unknownIn(value);
      if (name === undefined) return given.unfit?.(value) ?? null;
      return { name: `.${name}`, value: (value as Record<string, unknown>)[name], kind: noField };
    },
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
    if (kind.fits(value)) continue;
    const part = unfitPart(name, value, kind);
    throw argumentError(where, part.name, part.value, part.kind.words);
  }
}

/** The innermost part that does not fit: "request.mode", not the request. */
export function unfitPart(name: string, value: unknown, kind: Kind): { name: string; value: unknown; kind: Kind } {
  const part = kind.unfit?.(value) ?? null;
  return part === null ? { name, value, kind } : unfitPart(`${name}${part.name}`, part.value, part.kind);
}

/** An argument that a function cannot take. */
export function argumentError(where: string, name: string, got: unknown, expected: string): OptionsError {
  return new OptionsError("argument-value", {
    file: `${where}()`,
    place: name,
    got: describeGiven(got),
    expected,
    advice: `Give ${/^\w+/.exec(name)?.[0] ?? name} as its documentation says.`,
  });
}

/** As describeValue, with a typed array, Map or other class by its name. */
export function describeGiven(value: unknown): string {
  if (ArrayBuffer.isView(value) && "length" in value) {
    return `${withArticle(value.constructor.name)} of ${value.length}`;
  }
  if (typeof value === "function") return "a function";
  const name = isRecord(value) ? Object.getPrototypeOf(value)?.constructor?.name : undefined;
  if (typeof name === "string" && name !== "" && name !== "Object") return withArticle(name);
  return describeValue(value);
}

/** "an Int32Array", but "a Uint8Array". */
function withArticle(name: string): string {
  return `${/^[AEIO]/.test(name) ? "an" : "a"} ${name}`;
}
