export interface GeometryErrorDetail {
  /** The file as the user knows it, POSIX separators. */
  file: string;
  /** Where in the file: "byte 1207", "line 12", "segGroups[3].segments[0]". */
  place: string;
  /** What was found there. */
  got: string;
  /** What a good file holds there. */
  expected: string;
  /** What the user can do about it. */
  advice: string;
}

/**
 * A scan's file is not what ScanNet's format says. `message` is one line with all five parts.
 * `code` is stable and fit for counting ("ply-truncated").
 */
export class GeometryError extends Error {
  override readonly name = "GeometryError";
  readonly code: string;
  readonly detail: GeometryErrorDetail;

  constructor(code: string, detail: GeometryErrorDetail) {
    super(`${detail.file}: ${detail.place}: got ${detail.got}, expected ${detail.expected}. ${detail.advice}`);
    this.code = code;
    this.detail = detail;
  }
}

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
