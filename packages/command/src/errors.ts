import { types } from "node:util";
import { VsiError } from "@vsi/dataset";
import { checkArguments, TEXT } from "@vsi/dataset/internal";
import { fileError } from "@vsi/dataset/internal/node";
import { DatasetError } from "@vsi/dataset/node";

/** Wrong usage: invalid flags, or a path of the wrong kind. Exit code 2. */
export class UsageError extends VsiError<null> {
  override readonly name = "UsageError";

  constructor(message: string, options?: ErrorOptions) {
    super("usage", message, options);
  }
}

/** The build had to stop: a full disk, no permission. What was finished is kept for --resume. Exit code 1. */
export class BuildStoppedError extends VsiError<null> {
  override readonly name = "BuildStoppedError";

  constructor(message: string, options?: ErrorOptions) {
    super("build-stopped", message, options);
  }
}

/**
 * A file system's own error (a full disk, no permission) as DatasetError, whose message is written for the user; any
 * other error as it is.
 *
 * @param path what to name where the error names no path.
 *
 * @example
 * ```js
 * import { readFile } from "node:fs/promises";
 * import { explainFileError } from "@vsi/command";
 *
 * const error = await readFile("nowhere.txt").catch((thrown) => explainFileError(thrown, "nowhere.txt"));
 * console.log(error.code); // file-missing
 * ```
 */
export function explainFileError(error: unknown, path: string): unknown {
  checkArguments("explainFileError", { path: [path, TEXT] });
  if (!types.isNativeError(error)) return error;
  const { syscall, path: failedPath } = error as NodeJS.ErrnoException;
  return syscall === undefined ? error : fileError(error, failedPath ?? path, "a place to write to");
}

/** `explainFileError` for a build that has begun: what the disk refuses stops it, and --resume goes on. */
export function explainStop(error: unknown, path: string): unknown {
  const explained = explainFileError(error, path);
  if (!(explained instanceof DatasetError)) return explained;
  const message = `${explained.message} Finished scans are kept: continue with --resume.`;
  return new BuildStoppedError(message, { cause: explained });
}
