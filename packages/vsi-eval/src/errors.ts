import { type FileErrorDetail, VsiError } from "@vsi/dataset";

/** What an EvaluationError says. */
export type EvaluationErrorDetail = FileErrorDetail;

/** A file that vsi-eval was given can't be used. */
export class EvaluationError extends VsiError<EvaluationErrorDetail> {
  override readonly name = "EvaluationError";
}

/**
 * A run had to stop: the server refuses the key, is gone, or drops the images. What was answered is kept. Exit code 1.
 */
export class RunStoppedError extends VsiError<null> {
  override readonly name = "RunStoppedError";

  /** What happened, and what to do about it. */
  readonly reason: string;

  /**
   * @param reason whole sentences.
   * @param way how to go on with the run.
   */
  constructor(reason: string, options?: ErrorOptions, way = "continue with --resume") {
    super("run-stopped", `${reason} Answers so far are kept: ${way}.`, options);
    this.reason = reason;
  }
}
