import { VsiError, type VsiErrorDetail } from "@vsi/dataset";

/**
 * What a ScoringError says. Scoring works on values in memory: `place` names the field ("options[2]"), `file` is
 * absent.
 */
export type ScoringErrorDetail = VsiErrorDetail;

/** The question, not the model's text, is unfit for scoring: no text of a model ever leads to one. */
export class ScoringError extends VsiError<ScoringErrorDetail> {
  override readonly name = "ScoringError";
}
