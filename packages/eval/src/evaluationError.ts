/** What an EvaluationError says. */
export interface EvaluationErrorDetail {
  /** The file as the user knows it, POSIX separators. */
  file: string;
  /** Where in the file: "line 12", "line 12, options". */
  place: string;
  /** What was found there. */
  got: string;
  /** What belongs there. */
  expected: string;
  /** What the user can do about it. */
  advice: string;
}

/**
 * A file that vsi-eval was given can't be used. `message` is one line with all five parts; `code` is stable and fit for
 * counting ("prediction-unknown-id").
 */
export class EvaluationError extends Error {
  override readonly name = "EvaluationError";
  readonly code: string;
  readonly detail: EvaluationErrorDetail;

  constructor(code: string, detail: EvaluationErrorDetail, options?: ErrorOptions) {
    super(`${detail.file}: ${detail.place}: got ${detail.got}, expected ${detail.expected}. ${detail.advice}`, options);
    this.code = code;
    this.detail = detail;
  }
}
