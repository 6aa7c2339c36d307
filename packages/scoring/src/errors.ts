import { VsiError, type VsiErrorDetail } from "@vsi/dataset";

/** The question, not the model's text, is unfit for scoring: no text of a model ever leads to one. `detail.place` names the field: "options[2]". */
export class ScoringError extends VsiError<VsiErrorDetail> {
  override readonly name = "ScoringError";
}
