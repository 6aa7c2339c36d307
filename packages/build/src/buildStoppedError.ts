/** The build had to stop: a full disk, no permission. What was finished is kept for --resume. Exit code 1. */
export class BuildStoppedError extends Error {
  override readonly name = "BuildStoppedError";
}
