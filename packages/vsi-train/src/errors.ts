/** The five parts of an error. */
export interface TrainErrorDetail {
  /** The file, folder or program as the user knows it. */
  file: string;
  /** Where in it: "line 12", "file system". */
  place: string;
  /** What was found there. */
  got: string;
  /** What should be there. */
  expected: string;
  /** What the user can do about it. */
  advice: string;
}

/**
 * Training cannot be prepared, run or reported. `message` is one line with all five parts.
 * `code` is stable and fit for counting ("python-missing", "setup-failed", "run-unreadable").
 */
export class TrainError extends Error {
  override readonly name = "TrainError";
  readonly code: string;
  readonly detail: TrainErrorDetail;

  constructor(code: string, detail: TrainErrorDetail, options?: ErrorOptions) {
    super(`${detail.file}: ${detail.place}: got ${detail.got}, expected ${detail.expected}. ${detail.advice}`, options);
    this.code = code;
    this.detail = detail;
  }
}
