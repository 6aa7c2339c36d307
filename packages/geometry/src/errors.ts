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
