import { VsiError, type VsiErrorDetail } from "@vsi/dataset";

/** @throws ReportError "length-mismatch" unless `list`, found at `place`, has one entry for each of `partner`. */
export function checkLength(list: { place: string; length: number }, partner: { place: string; length: number }): void {
  if (list.length === partner.length) return;
  throw new ReportError("length-mismatch", {
    place: list.place,
    got: `${list.length} entries`,
    expected: `${partner.length}, one for each of ${partner.place}`,
    advice: "Give null where there is no value.",
  });
}

/**
 * The parts of a table or chart do not fit together: a mistake of the program that made them, never of the text or the
 * numbers in them. `detail.place` names the field ("rows[3]"), `detail.file` is absent.
 */
export class ReportError extends VsiError<VsiErrorDetail> {
  override readonly name = "ReportError";
}
