export interface DatasetErrorDetail {
  /** The file as the user knows it, POSIX separators. */
  file: string;
  /** Where in the file: "line 12", "line 12, /evidence/unit". */
  place: string;
  /** What was found there. */
  got: string;
  /** What a good file holds there. */
  expected: string;
  /** What the user can do about it. */
  advice: string;
}

/**
 * A dataset folder cannot be read or written. `message` is one line with all five parts.
 * `code` is stable and fit for counting ("jsonl-syntax", "write-no-space").
 */
export class DatasetError extends Error {
  override readonly name = "DatasetError";
  readonly code: string;
  readonly detail: DatasetErrorDetail;

  constructor(code: string, detail: DatasetErrorDetail, options?: ErrorOptions) {
    super(`${detail.file}: ${detail.place}: got ${detail.got}, expected ${detail.expected}. ${detail.advice}`, options);
    this.code = code;
    this.detail = detail;
  }
}
