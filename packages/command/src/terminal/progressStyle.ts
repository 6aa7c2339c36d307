import type { LogLevel } from "./createLog.ts";
import type { ProgressStyle } from "./startProgress.ts";

/** A bar on a terminal, lines elsewhere, and none where only warnings or errors are wanted. */
export function progressStyle(
  asked: { quiet: boolean; logLevel: LogLevel },
  stream: { isTTY?: boolean } = process.stderr,
): ProgressStyle {
  if (asked.quiet || asked.logLevel === "error" || asked.logLevel === "warn") return "none";
  return stream.isTTY ? "bar" : "lines";
}
