import { printable } from "@vsi/dataset";
import yargs, { type Argv } from "yargs";
import { UsageError } from "./errors.ts";
import { runInterruptibly } from "./program/signals.ts";

/** A command as its package describes it. */
export interface CommandLine {
  /** What is typed, such as "vsi-build". */
  name: string;
  version: string;
  /**
   * Adds the sub-commands to yargs. Each handler hands its exit code to `exitWith`.
   */
  register: (commandLine: Argv, exitWith: (code: number) => void) => Argv;
  /** What stands below the options in --help: exit codes, where to read on. */
  epilogue: string;
}

type ErrorClass = abstract new (...detail: never[]) => Error;

/** What a command's outermost file adds to its command line. */
export interface Main extends CommandLine {
  /** Errors whose message is written for the user; any other is a defect of ours and comes with its stack. */
  explainedErrors: readonly ErrorClass[];
  /**
   * Those among them that are about what was typed or pointed at, found before anything was made of it: exit code 2.
   */
  usageErrors: readonly ErrorClass[];
  /** What is said after a signal: what is kept, and how to go on. */
  afterInterruption: string;
  /**
   * Milliseconds after a signal at which a command that listens for signals is ended all the same; null for one that
   * needs its time, such as a training's last checkpoint. What our commands keep outlives being ended anywhere.
   */
  endsWithin?: number | null;
}

/**
 * Runs a command and sets the process's exit code: 0 done, 1 something failed, 2 wrong usage, 130 or 143 after a
 * signal.
 * @param words the command line without node and script.
 */
export async function runMain(main: Main, words: readonly string[] = process.argv.slice(2)): Promise<void> {
  process.stdout.on("error", endQuietly);
  process.exitCode = await runInterruptibly(
    main,
    () => runCommandLine(words, main),
    async (error) => reportError(error, main),
  );
}

/** No wider than this, so that help stays readable on a wide terminal; without a terminal 100 columns. */
const WIDEST_HELP = 120;

/**
 * Reads the command line and does what it says; prints help and version itself.
 * @returns the exit code
 * @throws UsageError with what to type instead, and whatever the command throws.
 */
export async function runCommandLine(words: readonly string[], command: CommandLine): Promise<number> {
  let exitCode = 0;
  const commandLine = yargs(words).scriptName(command.name);
  await command
    .register(commandLine, (code) => {
      exitCode = code;
    })
    .epilogue(command.epilogue)
    .strict()
    .version(command.version)
    .help()
    .wrap(Math.min(WIDEST_HELP, process.stdout.columns || 100))
    .exitProcess(false)
    // "--types.a 1" is no object of ours, and no flag.
    .parserConfiguration({ "camel-case-expansion": false, "dot-notation": false })
    .fail((message, error) => {
      if (error !== undefined && error !== null && message === undefined) throw error;
      throw new UsageError(`${message ?? error.message}\n${command.name} --help lists every option.`);
    })
    .parseAsync();
  return exitCode;
}

/** Prints an error as one plain line and says what the exit code is. */
function reportError(error: unknown, main: Main): number {
  const isOf = (kinds: readonly ErrorClass[]): boolean => kinds.some((kind) => error instanceof kind);
  const explained = error instanceof UsageError || isOf(main.explainedErrors);
  const text = error instanceof Error ? (explained ? error.message : (error.stack ?? error.message)) : String(error);
  process.stderr.write(printable(`${main.name}: ${text}\n`));
  return error instanceof UsageError || isOf(main.usageErrors) ? 2 : 1;
}

/** A reader that closed the pipe, such as `| head`, wants no more: that is no failure. */
function endQuietly(error: NodeJS.ErrnoException): void {
  if (error.code !== "EPIPE") throw error;
}
