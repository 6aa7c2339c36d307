interface BenchmarkErrorDetail {
  /** The flag, the measurement or the step: "--rooms", "disk space". */
  place: string;
  got: string;
  expected: string;
  /** What to do about it. */
  advice: string;
}

/** A measurement cannot be made, or its contenders do not do the same work. `message` is one line with all four parts. */
export class BenchmarkError extends Error {
  override readonly name = "BenchmarkError";
  readonly detail: BenchmarkErrorDetail;

  constructor(detail: BenchmarkErrorDetail) {
    super(`${detail.place}: got ${detail.got}, expected ${detail.expected}. ${detail.advice}`);
    this.detail = detail;
  }
}
