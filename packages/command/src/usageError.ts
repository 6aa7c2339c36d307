/** The command was asked for something it can't do: wrong flags, a folder that is not what it should be. Exit code 2. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}
