/** A run had to stop: the server refuses the key, is gone, or drops the images. What was answered is kept. Exit code 1. */
export class RunStoppedError extends Error {
  override readonly name = "RunStoppedError";

  /** @param reason whole sentences: what happened, and what to do about it. */
  constructor(reason: string, options?: ErrorOptions) {
    super(`${reason} What was answered is kept: go on with --resume.`, options);
  }
}
