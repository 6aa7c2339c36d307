export interface SynthErrorDetail {
  /** The option or the value at fault: "vertexCount", "label". */
  place: string;
  got: string;
  expected: string;
  /** What the caller can do about it. */
  advice: string;
}

/** A room cannot be made, or a question put to its truth has no answer. `code` is stable and fit for counting. */
export class SynthError extends Error {
  override readonly name = "SynthError";
  readonly code: string;
  readonly detail: SynthErrorDetail;

  constructor(code: string, detail: SynthErrorDetail) {
    super(`${detail.place}: got ${detail.got}, expected ${detail.expected}. ${detail.advice}`);
    this.code = code;
    this.detail = detail;
  }
}
