import { VsiError, type VsiErrorDetail } from "@vsi/dataset";

/** A room cannot be made, or a question put to its truth has no answer. `detail.place` is the option or the value at fault: "vertexCount". */
export class SynthError extends VsiError<VsiErrorDetail> {
  override readonly name = "SynthError";
}
