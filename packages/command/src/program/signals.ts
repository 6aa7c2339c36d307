import { checkArguments, FUNCTION, printable } from "@vsi/dataset/internal";

/** 128 plus the signal's number, as shells count it. */
export const SIGNAL_EXIT_CODES = { SIGINT: 130, SIGTERM: 143 } as const;

/** A signal after which a command stops in good order. */
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

/** What is known of a running command when a signal comes. */
export interface Interruptible {
  /** What is typed, such as "vsi-build". */
  name: string;
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

/** The command of this process, while it runs. */
let running: Interruptible | null = null;

/** The first signal that came. */
let heard: Signal | null = null;

/** Who is told of a signal. */
const listeners = new Set<(signal: Signal) => void>();

/**
 * Runs a command's work so that a signal ends it in order.
 *
 * @param report prints an error and says what the exit code is.
 * @returns the process's exit code.
 */
export async function runInterruptibly(
  command: Interruptible,
  work: () => Promise<number>,
  report: (error: unknown) => Promise<number>,
): Promise<number> {
  running = command;
  hear();
  try {
    const exitCode = await work();
    return heard === null ? exitCode : SIGNAL_EXIT_CODES[heard];
  } catch (error) {
    return error instanceof Interruption ? reportInterruption(error, command) : await report(error);
  } finally {
    stopHearing();
    running = null;
  }
}

/**
 * Turns SIGINT and SIGTERM into an abort signal whose reason is an Interruption, until `stopListening`.
 *
 * @example
 * ```js
 * import { listenForSignals } from "@vsi/command";
 *
 * const { signal, stopListening } = listenForSignals();
 * console.log(signal.aborted); // false
 * stopListening();
 * ```
 */
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
 *
 * @example
 * ```js
 * import { inOneGo } from "@vsi/command";
 *
 * console.log(inOneGo(() => 6 * 7)); // 42
 * ```
 */
export function inOneGo<Result>(work: () => Result): Result {
  checkArguments("inOneGo", { work: [work, FUNCTION] });
  if (listeners.size > 0) return work();
  stopHearing();
  try {
    return work();
  } finally {
    if (running !== null) hear();
  }
}

function reportInterruption(interruption: Interruption, { name, afterInterruption }: Interruptible): number {
  process.stderr.write(printable(`${name}: ${interruption.message}. ${afterInterruption}\n`));
  return SIGNAL_EXIT_CODES[interruption.signal];
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
  if (running !== null) reportInterruption(new Interruption(heard), running);
  process.exit(SIGNAL_EXIT_CODES[heard]);
}
