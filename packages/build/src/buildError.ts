/** The command was asked for something it can't do: wrong flags, a folder that is not what it should be. Exit code 2. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** The build had to stop: a full disk, no permission. What was finished is kept for --resume. Exit code 1. */
export class BuildStoppedError extends Error {
  override readonly name = "BuildStoppedError";
}
