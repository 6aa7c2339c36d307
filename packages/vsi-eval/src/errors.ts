import { type FileErrorDetail, VsiError } from "@vsi/dataset";

/** What an EvaluationError says. */
export type EvaluationErrorDetail = FileErrorDetail;

/** A file that vsi-eval was given can't be used. */
export class EvaluationError extends VsiError<EvaluationErrorDetail> {
  override readonly name = "EvaluationError";
}

/** How a run that stopped goes on. */
interface StoppedRun {
  /** Whether there are answers by now, of this start or an earlier one. */
  hasAnswers?: boolean;
  /** What is to be typed; it continues the run, or starts it again. */
  by?: string;
  cause?: unknown;
}

/**
 * A run had to stop: the server refuses the key, is gone, or drops the images. What was answered is kept. Exit code 1.
 */
export class RunStoppedError extends VsiError<null> {
  override readonly name = "RunStoppedError";

  /** What happened, and what to do about it. */
  readonly reason: string;

  /** @param reason whole sentences. */
  constructor(reason: string, { hasAnswers = false, by = "--resume", cause }: StoppedRun = {}) {
    const next = hasAnswers
      ? `Answers so far are kept: ${by} continues.`
      : `There are no answers yet: ${by} starts again.`;
    super("run-stopped", `${reason} ${next}`, { cause });
    this.reason = reason;
  }
}
