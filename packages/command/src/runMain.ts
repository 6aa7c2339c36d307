import { Interruption, SIGNAL_EXIT_CODES } from "./listenForSignals.ts";
import { type CommandLine, runCommandLine } from "./runCommandLine.ts";
import { UsageError } from "./usageError.ts";

type ErrorClass = abstract new (...detail: never[]) => Error;

/** What a command's outermost file adds to its command line. */
export interface Main extends CommandLine {
  /** Errors whose message is written for the user; any other is a defect of ours and comes with its stack. */
  explainedErrors: readonly ErrorClass[];
  /** Those among them that are about what was typed or pointed at, found before anything was made of it: exit code 2. */
  usageErrors: readonly ErrorClass[];
  /** What is said after a signal: what is kept, and how to go on. */
  afterInterruption: string;
}

/**
 * Runs a command and sets the process's exit code: 0 done, 1 something failed, 2 wrong usage, 130 or 143 after a signal.
 * @param words the command line without node and script.
 */
export async function runMain(main: Main, words: readonly string[] = process.argv.slice(2)): Promise<void> {
  process.stdout.on("error", endQuietly);
  try {
    process.exitCode = await runCommandLine(words, main);
  } catch (error) {
    process.exitCode = reportError(error, main);
  }
}

/** Prints an error as one plain line and says what the exit code is. */
function reportError(error: unknown, main: Main): number {
  if (error instanceof Interruption) {
    process.stderr.write(`${main.name}: ${error.message}. ${main.afterInterruption}\n`);
    return SIGNAL_EXIT_CODES[error.signal];
  }
  const isOf = (kinds: readonly ErrorClass[]): boolean => kinds.some((kind) => error instanceof kind);
  const explained = error instanceof UsageError || isOf(main.explainedErrors);
  const text = error instanceof Error ? (explained ? error.message : (error.stack ?? error.message)) : String(error);
  process.stderr.write(`${main.name}: ${text}\n`);
  return error instanceof UsageError || isOf(main.usageErrors) ? 2 : 1;
}

/** A reader that closed the pipe, such as `| head`, wants no more: that is no failure. */
function endQuietly(error: NodeJS.ErrnoException): void {
  if (error.code !== "EPIPE") throw error;
}
