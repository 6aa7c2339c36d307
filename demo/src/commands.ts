import { spawn } from "node:child_process";
import { once } from "node:events";
import { open } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { Interruption, listenForSignals, SIGNAL_EXIT_CODES } from "@vsi/command";

/** What each process is told beside its command line. Building a dataset has no use for it. */
export const DEMO_ENVIRONMENT = {
  // A model this small is faster on one thread than on two.
  OMP_NUM_THREADS: "1",
  // All models are made here: nothing is looked up on the hub.
  HF_HUB_OFFLINE: "1",
} as const;

/** Where a command's output goes and what ends it. */
interface CommandSurroundings {
  /** Ends the command. */
  signal: AbortSignal;
  /** A file for its standard output, which goes to the terminal otherwise. */
  output?: string;
  /** The Node that runs it; this one unless given. */
  node?: string;
}

/**
 * Runs one of the project's commands as it would be typed, and shows what was typed.
 *
 * @throws Error with the command line when its exit code is not 0, and the signal's reason when it was ended.
 */
export async function runCommand(
  name: "vsi-build" | "vsi-train" | "vsi-eval",
  words: readonly string[],
  { signal, output, node = process.execPath }: CommandSurroundings,
): Promise<void> {
  signal.throwIfAborted();
  const typed = [name, ...words].join(" ");
  process.stdout.write(`\n$ ${typed}${output === undefined ? "" : ` > ${output}`}\n`);
  const file = output === undefined ? null : await open(output, "w");
  try {
    const child = spawn(node, [binOf(name), ...words], {
      stdio: ["ignore", file === null ? "inherit" : file.fd, "inherit"],
      env: { ...DEMO_ENVIRONMENT, ...process.env },
      // Ctrl-C in a terminal would reach it beside what is passed on here, and the second signal ends it at once.
      detached: true,
    });
    // The command saves what it can and ends by itself: waiting for it leaves nothing behind.
    const end = (): void => void child.kill("SIGTERM");
    signal.addEventListener("abort", end, { once: true });
    const [exitCode] = await once(child, "exit");
    signal.removeEventListener("abort", end);
    signal.throwIfAborted();
    if (exitCode !== 0) throw new Error(`${typed} ended with exit code ${exitCode}; what it said stands above.`);
  } finally {
    await file?.close();
  }
}

/** A command's file in its package. npm's own link to it (node_modules/.bin) is a shell script on Windows. */
function binOf(name: string): string {
  const entry = createRequire(import.meta.url).resolve(name);
  return join(dirname(entry), "..", "bin", `${name}.js`);
}

/**
 * Runs a demo until it is done or a signal ends it, and sets the process's exit code. @param demo returns the exit
 * code.
 */
export async function runUntilSignal(name: string, demo: (signal: AbortSignal) => Promise<number>): Promise<void> {
  const { signal, stopListening } = listenForSignals();
  try {
    process.exitCode = await demo(signal);
  } catch (error) {
    process.stderr.write(`${name}: ${(error as Error).message}\n`);
    process.exitCode = error instanceof Interruption ? SIGNAL_EXIT_CODES[error.signal] : 1;
  } finally {
    stopListening();
  }
}
