import type { Random } from "./random.ts";

/** Words that readers of numbers and names may stumble over. */
const NASTY_WORDS = [
  "",
  " ",
  "0",
  "-0",
  "-1",
  "1e999",
  "NaN",
  "nan",
  "inf",
  "9007199254740993",
  "4294967296",
  "1e-400",
  "0x10",
  "null",
  "true",
  "\0",
  "\x1b[2J",
  "\u202e",
  "\ud800",
  "../../etc",
  "/",
  "a/b",
  "constructor",
  "__proto__",
  "toString",
  "é",
  "A. ",
  "[",
  '{"',
  "{category}",
  "\n",
  "\r\n",
] as const;

const NASTY_NUMBERS = [
  0,
  -0,
  -1,
  0.5,
  1e-320,
  1e7,
  1e8,
  2 ** 31,
  2 ** 32,
  2 ** 53,
  1e300,
  -1e300,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
] as const;

const NASTY_BYTES = [0, 1, 9, 10, 13, 32, 34, 45, 48, 57, 92, 123, 125, 127, 128, 0xc0, 0xed, 0xfe, 0xff] as const;

/** Changes a few bytes, cuts, repeats or swaps pieces, writes lengths of the wrong size, or puts words in. */
export function mutateBytes(bytes: Uint8Array, random: Random): Uint8Array {
  let mutated = Buffer.from(bytes);
  for (let change = random.below(4); change >= 0; change -= 1) mutated = changeBytes(mutated, random);
  return mutated;
}

/** Where mistakes hurt: half of the changes are in the first kilobyte, where headers are. */
function anyOffset(length: number, random: Random): number {
  return random.below(Math.max(1, random.chance(0.5) ? Math.min(length, 1024) : length));
}

function changeBytes(bytes: Buffer<ArrayBuffer>, random: Random): Buffer<ArrayBuffer> {
  const at = anyOffset(bytes.length, random);
  const length = 1 + random.below(random.chance(0.8) ? 16 : 4096);
  const splice = (start: number, end: number, inserted: Uint8Array): Buffer<ArrayBuffer> =>
    Buffer.concat([bytes.subarray(0, start), inserted, bytes.subarray(end)]);
  switch (random.below(8)) {
    case 0:
      if (bytes.length > 0) bytes[at] = random.chance(0.5) ? random.pick(NASTY_BYTES) : random.below(256);
      return bytes;
    case 1:
      return Buffer.from(bytes.subarray(0, at));
    case 2:
      return splice(at, at + length, Buffer.alloc(0));
    case 3:
      return splice(at, at, bytes.subarray(at, at + length));
    case 4: {
      const from = anyOffset(bytes.length, random);
      return splice(at, at + length, bytes.subarray(from, from + length));
    }
    case 5:
      if (at + 4 <= bytes.length) bytes.writeUInt32LE(random.pick([0, 1, 0x7fffffff, 0x80000000, 0xffffffff]), at);
      return bytes;
    case 6:
      return splice(at, at, Buffer.from(random.pick(NASTY_WORDS)));
    default:
      return splice(at, at + 1, Buffer.alloc(length, random.pick(NASTY_BYTES)));
  }
}

/** The same for text; half of the changes replace a whole number or word of it. */
export function mutateText(text: string, random: Random): string {
  if (random.chance(0.5)) return Buffer.from(mutateBytes(Buffer.from(text), random)).toString("utf8");
  const words = text.split(/([\s,:="()[\]{}]+)/);
  for (let change = random.below(3); change >= 0; change -= 1) {
    const at = random.below(words.length);
    const roll = random.below(4);
    if (roll === 0) words[at] = random.pick(NASTY_WORDS);
    else if (roll === 1) words[at] = String(random.pick(NASTY_NUMBERS));
    else if (roll === 2) words.splice(at, 1 + random.below(3));
    else words.splice(at, 0, ...words.slice(at, at + 1 + random.below(8)));
  }
  return words.join("");
}

/** Deeper than any recursion over a file should go. */
const DEEP = 20_000;

/**
 * Changes one or a few places of a JSON value, which stays as it is: another kind, a nasty number or word, something
 * missing, doubled, swapped with another place, or nested without end.
 */
export function mutateJson(value: unknown, random: Random): unknown {
  let mutated = structuredClone(value);
  for (let change = random.below(3); change >= 0; change -= 1) mutated = changeJson(mutated, mutated, random, 0);
  return mutated;
}

/** Good values are a dozen levels deep; what an earlier change nested is left. */
const MOST_STEPS = 100;

function changeJson(value: unknown, root: unknown, random: Random, depth: number): unknown {
  if (typeof value !== "object" || value === null || depth > MOST_STEPS || random.chance(0.08)) {
    return otherValue(value, root, random);
  }
  const keys = Object.keys(value);
  const holder = value as Record<string, unknown>;
  if (keys.length === 0 || random.chance(0.05)) {
    if (Array.isArray(value)) value.push(otherValue(value[0], root, random));
    else put(holder, random.pick([...NASTY_WORDS, "schema", "id", "extra"]), otherValue(null, root, random));
    return value;
  }
  const key = random.pick(keys);
  const roll = random.below(20);
  if (roll === 0) {
    if (Array.isArray(value)) value.splice(Number(key), 1);
    else delete holder[key];
  } else if (roll === 1) {
    if (Array.isArray(value)) value.splice(Number(key), 0, copyOf(value[Number(key)]));
    else put(holder, random.pick(keys), copyOf(holder[key]));
  } else put(holder, key, changeJson(holder[key], root, random, depth + 1));
  return value;
}

/** As JSON.parse does it: "__proto__" is a field like any other. */
function put(holder: Record<string, unknown>, key: string, value: unknown): void {
  Object.defineProperty(holder, key, { value, enumerable: true, configurable: true, writable: true });
}

function otherValue(value: unknown, root: unknown, random: Random): unknown {
  switch (random.below(12)) {
    case 0:
      return null;
    case 1:
      return random.pick([true, false]);
    case 2:
      return random.pick(NASTY_NUMBERS);
    case 3:
      return typeof value === "number" ? value * random.pick([-1, 0.5, 1.0001, 10, 1000, 1e6]) : random.below(10);
    case 4:
      return random.pick(NASTY_WORDS);
    case 5:
      return typeof value === "string" ? mutateText(value, random) : writeJson(value).slice(0, 1000);
    case 6:
      return [];
    case 7:
      return {};
    case 8:
      return [value];
    case 9:
      return { value };
    case 10:
      return random.chance(0.05) ? nested(random) : placeIn(root, random);
    default:
      return random.chance(0.05) ? Array.from({ length: 50_000 }, () => 0) : "x".repeat(random.below(300));
  }
}

function nested(random: Random): unknown {
  const isList = random.chance(0.5);
  let value: unknown = 1;
  for (let depth = 0; depth < DEEP; depth += 1) value = isList ? [value] : { a: value };
  return value;
}

/** A copy of some other place of the value. */
function placeIn(root: unknown, random: Random): unknown {
  let value = root;
  while (typeof value === "object" && value !== null && !random.chance(0.3)) {
    const inner: unknown[] = Object.values(value);
    if (inner.length === 0) break;
    value = random.pick(inner);
  }
  return copyOf(value);
}

function copyOf(value: unknown): unknown {
  try {
    return structuredClone(value);
  } catch {
    // It goes by recursion: what `nested` made is not copied.
    return null;
  }
}

/**
 * A value as the text of a JSON file, also where it nests deeper than JSON.stringify goes; then half the time broken.
 */
export function jsonText(value: unknown, random: Random): string {
  const text = writeJson(value);
  return random.chance(0.15) ? mutateText(text, random) : text;
}

function writeJson(value: unknown): string {
  try {
    return JSON.stringify(value) ?? "null";
  } catch {
    return `${"[".repeat(DEEP)}1${"]".repeat(DEEP)}`;
  }
}
