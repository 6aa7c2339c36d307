import { shownJson } from "./json.ts";

/** Longer values are cut in an error's text, which stays one readable line. */
const LONGEST_SHOWN_VALUE = 80;

/** A value of parsed JSON in an error's text: one line, at most 80 characters, enough to recognise it in the file. */
export function describeValue(value: unknown): string {
  if (value === undefined) return "nothing";
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (isRecord(value)) return "an object";
  // JSON would call NaN and the infinities null.
  return (typeof value === "string" ? JSON.stringify(value) : String(value)).slice(0, LONGEST_SHOWN_VALUE);
}

/**
 * A value of parsed JSON as JSON in one line, cut after 80 characters; "nothing" for undefined. For errors where the
 * content of a list or an object tells more than its kind, which describeValue gives.
 *
 * @param cutMark put behind a text that was cut.
 */
export function jsonExcerpt(value: unknown, cutMark = ""): string {
  const text = shownJson(value);
  return text.length > LONGEST_SHOWN_VALUE ? `${text.slice(0, LONGEST_SHOWN_VALUE)}${cutMark}` : text;
}

/** Whether a value of parsed JSON is an object, not a list and not null. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A field of parsed JSON; undefined when absent: inherited members such as "constructor" are not values of a file. */
export function ownValue(record: Record<string, unknown>, key: string): unknown {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}

/** A number of things in words: "1 value", "3,000 values". @param plural where it is not the noun and an s. */
export function countOf(count: number, noun: string, plural = `${noun}s`): string {
  return `${count.toLocaleString("en-US")} ${count === 1 ? noun : plural}`;
}
