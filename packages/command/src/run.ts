import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { printable } from "@vsi/dataset";
import yargs, { type Argv } from "yargs";
import { UsageError } from "./errors.ts";

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

/** Users and clusters expect a command to be gone a second or two after its signal. */
const ENDS_WITHIN_MS = 1500;

/**
 * Runs a command and sets the process's exit code: 0 done, 1 something failed, 2 wrong usage, 130 or 143 after a
 * signal.
 * @param words the command line without node and script.
 */
export async function runMain(main: Main, words: readonly string[] = process.argv.slice(2)): Promise<void> {
  process.stdout.on("error", endQuietly);
  running = main;
  hear();
  try {
    process.exitCode = await runCommandLine(words, main);
    if (heard !== null) process.exitCode = SIGNAL_EXIT_CODES[heard];
  } catch (error) {
    process.exitCode = reportError(error, main);
  } finally {
    stopHearing();
    running = null;
  }
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
  if (error instanceof Interruption) {
    process.stderr.write(`${main.name}: ${error.message}. ${main.afterInterruption}\n`);
    return SIGNAL_EXIT_CODES[error.signal];
  }
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

/** 128 plus the signal's number, as shells count it. */
export const SIGNAL_EXIT_CODES = { SIGINT: 130, SIGTERM: 143 } as const;

export type Signal = keyof typeof SIGNAL_EXIT_CODES;

/** The signal that stopped the command. */
export class Interruption extends Error {
  override readonly name = "Interruption";
  readonly signal: Signal;

  constructor(signal: Signal) {
    super(`stopped by ${signal}`);
    this.signal = signal;
  }
}

/** The command of this process, while it runs. */
let running: Main | null = null;

/** The first signal that came. */
let heard: Signal | null = null;

/** Who is told of a signal. */
const listeners = new Set<(signal: Signal) => void>();

/** Turns SIGINT and SIGTERM into an abort signal whose reason is an Interruption, until `stopListening`. */
export function listenForSignals(): { signal: AbortSignal; stopListening: () => void } {
  const controller = new AbortController();
  const listener = (signal: Signal): void => controller.abort(new Interruption(signal));
  listeners.add(listener);
  hear();
  return {
    signal: controller.signal,
    stopListening() {
      listeners.delete(listener);
      if (listeners.size === 0 && running === null) stopHearing();
    },
  };
}

/**
 * Runs what computes for seconds without a pause. Meanwhile nothing here could hear a signal: the system's own way of
 * ending a process takes its place, so that the command must have nothing to tidy up.
 */
export function inOneGo<Result>(work: () => Result): Result {
  if (listeners.size > 0) return work();
  stopHearing();
  try {
    return work();
  } finally {
    if (running !== null) hear();
  }
}

function hear(): void {
  if (heard !== null) return;
  for (const signal of Object.keys(SIGNAL_EXIT_CODES)) {
    if (!process.listeners(signal as Signal).includes(onSignal)) process.on(signal, onSignal);
  }
}

function stopHearing(): void {
  for (const signal of Object.keys(SIGNAL_EXIT_CODES)) process.off(signal, onSignal);
}

/** The first signal asks; nobody hears a second one any more, so that it kills. */
function onSignal(signal: NodeJS.Signals): void {
  heard = signal as Signal;
  stopHearing();
  if (listeners.size === 0) endNow();
  for (const listener of listeners) listener(heard);
  const endsWithin = running?.endsWithin === undefined ? ENDS_WITHIN_MS : running.endsWithin;
  if (running !== null && endsWithin !== null) setTimeout(endNow, endsWithin).unref();
}

/** Ends the process; locks are given free by their "exit" listeners. */
function endNow(): void {
  if (heard === null) return;
  // A progress bar hides the cursor while it moves.
  if (process.stderr.isTTY) process.stderr.write("\u001b[?25h\n");
  if (running !== null) reportError(new Interruption(heard), running);
  process.exit(SIGNAL_EXIT_CODES[heard]);
}

/**
 * The version in a package.json.
 * @param packageJson its address, such as `new URL("../package.json", import.meta.url)`, or its path.
 */
export async function packageVersion(packageJson: URL | string): Promise<string> {
  const path = typeof packageJson === "string" ? packageJson : fileURLToPath(packageJson);
  return (JSON.parse(await readFile(path, "utf8")) as { version: string }).version;
}
