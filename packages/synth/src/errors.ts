import { VsiError, type VsiErrorDetail } from "@vsi/dataset";

/** `place` is the option or the value at fault: "vertexCount", "label". */
export interface SynthErrorDetail extends VsiErrorDetail {}

/** A room cannot be made, or a question put to its truth has no answer. */
export class SynthError extends VsiError<SynthErrorDetail> {
  override readonly name = "SynthError";
}
