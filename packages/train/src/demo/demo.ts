import { Interruption, listenForSignals, SIGNAL_EXIT_CODES } from "@vsi/command";
import { formatDuration } from "../monitor/formatDuration.ts";
import { DEMO_DEFAULTS } from "./demoOptions.ts";
import { failedClaims } from "./resultTable.ts";
import { trainDemo } from "./trainDemo.ts";

/** `npm run demo:train`: sets the process's exit code, 1 when a command fails or a claim does not hold. */
export async function demo(): Promise<void> {
  const began = performance.now();
  const { signal, stopListening } = listenForSignals();
  try {
    const failures = failedClaims(await trainDemo(DEMO_DEFAULTS, signal));
    process.stdout.write(`\nDone in ${formatDuration((performance.now() - began) / 1000)}.\n`);
    for (const failure of failures) process.stderr.write(`demo:train: ${failure}\n`);
    process.exitCode = failures.length === 0 ? 0 : 1;
  } catch (error) {
    process.stderr.write(`demo:train: ${(error as Error).message}\n`);
    process.exitCode = error instanceof Interruption ? SIGNAL_EXIT_CODES[error.signal] : 1;
  } finally {
    stopListening();
  }
}
