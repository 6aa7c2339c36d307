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

/** A run had to stop: the server refuses the key, is gone, or drops the images. What was answered is kept. Exit code 1. */
export class RunStoppedError extends Error {
  override readonly name = "RunStoppedError";

  /** @param reason whole sentences: what happened, and what to do about it. */
  constructor(reason: string, options?: ErrorOptions) {
    super(`${reason} What was answered is kept: go on with --resume.`, options);
  }
}

/** What --help says of the exit codes; yargs shows a command's epilogue not with its sub-commands, so each gives it itself. */
export const EXIT_CODES =
  "Exit codes: 0 done, 1 something failed (a full disk, a question that got no answer), 2 wrong usage or a file that does not fit, 130 or 143 after a signal.";
