/** What a ScoringError says. Scoring works on values in memory, so `place` names the field, not a file. */
export interface ScoringErrorDetail {
  /** The field at fault: "ground_truth", "options[2]". */
  place: string;
  /** What was found there. */
  got: string;
  /** What belongs there. */
  expected: string;
  /** What the caller can do about it. */
  advice: string;
}

/**
 * The question, not the model's text, is not fit for scoring: no text of a model ever leads to one.
 * `message` is one line with all four parts; `code` is stable and fit for counting ("truth-zero").
 */
export class ScoringError extends Error {
  override readonly name = "ScoringError";
  readonly code: string;
  readonly detail: ScoringErrorDetail;

  constructor(code: string, detail: ScoringErrorDetail) {
    super(`${detail.place}: got ${detail.got}, expected ${detail.expected}. ${detail.advice}`);
    this.code = code;
    this.detail = detail;
  }
}
