/** A value of parsed JSON in an error's text: one line, at most 80 characters, enough to recognise it in the file. */
export function describeValue(value: unknown): string {
  if (value === undefined) return "nothing";
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (isRecord(value)) return "an object";
  // JSON would call NaN and the infinities null.
  return (typeof value === "string" ? JSON.stringify(value) : String(value)).slice(0, 80);
}

/** Whether a value of parsed JSON is an object, not a list and not null. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A field of parsed JSON; undefined when absent: inherited members such as "constructor" are not values of a file. */
export function ownValue(record: Record<string, unknown>, key: string): unknown {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}

const DECIMAL_NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;

/** The number that a word of a text file writes in decimal digits; NaN where it is none. */
export function decimalNumber(word: string): number {
  return DECIMAL_NUMBER.test(word) ? Number(word) : Number.NaN;
}
