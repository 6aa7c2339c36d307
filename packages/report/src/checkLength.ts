import { ReportError } from "./reportError.ts";

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
