import { VsiError, type VsiErrorDetail } from "@vsi/dataset";

/**
 * A measurement cannot be made, or its contenders do not do the same work. `place` is the flag, the measurement or the
 * step.
 */
export class BenchmarkError extends VsiError<VsiErrorDetail> {
  override readonly name = "BenchmarkError";

  constructor(detail: VsiErrorDetail) {
    super("benchmark", detail);
  }
}
