/** Throws ReportError "length-mismatch" unless `list`, found at `place`, has one entry for each of `partner`. */
export function checkLength(list: { place: string; length: number }, partner: { place: string; length: number }): void {
  if (list.length === partner.length) return;
  throw new ReportError("length-mismatch", {
    place: list.place,
    got: `${list.length} entries`,
    expected: `${partner.length}, one for each of ${partner.place}`,
    advice: "Give null where there is no value.",
  });
}

/** What a ReportError says. Reports are made from values in memory, so `place` names the field, not a file. */
export interface ReportErrorDetail {
  /** The field at fault: "rows[3]", "series[0].values". */
  place: string;
  /** What was found there. */
  got: string;
  /** What belongs there. */
  expected: string;
  /** What the caller can do about it. */
  advice: string;
}

/**
 * The parts of a table or chart do not fit together: a mistake of the program that made them, never of the text or the
 * numbers in them. `message` is one line with all four parts; `code` is stable ("length-mismatch").
 */
export class ReportError extends Error {
  override readonly name = "ReportError";
  readonly code: string;
  readonly detail: ReportErrorDetail;

  constructor(code: string, detail: ReportErrorDetail) {
    super(`${detail.place}: got ${detail.got}, expected ${detail.expected}. ${detail.advice}`);
    this.code = code;
    this.detail = detail;
  }
}
