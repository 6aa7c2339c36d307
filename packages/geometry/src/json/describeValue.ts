import { isRecord } from "./isRecord.ts";

/** A value of parsed JSON in an error's text: one line, at most 80 characters, enough to recognise it in the file. */
export function describeValue(value: unknown): string {
  if (value === undefined) return "nothing";
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (isRecord(value)) return "an object";
  // JSON would call NaN and the infinities null.
  return (typeof value === "string" ? JSON.stringify(value) : String(value)).slice(0, 80);
}
