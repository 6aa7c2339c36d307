import { DatasetError } from "@vsi/dataset/node";
import { GeometryError } from "@vsi/geometry";
import { SynthError } from "@vsi/synth";
import { BuildStoppedError, UsageError } from "./buildError.ts";
import { Interruption, SIGNAL_EXIT_CODES } from "./command/listenForSignals.ts";
import { runCommand } from "./command/runCommand.ts";
import { ownVersion } from "./output/packageVersions.ts";

/** Errors whose message is written for the user; any other is a defect of ours and comes with its stack. */
const EXPLAINED_ERRORS = [UsageError, BuildStoppedError, DatasetError, GeometryError, SynthError];

/** Errors about what was typed or pointed at, found before anything was made of it. */
const USAGE_ERRORS = [UsageError, GeometryError, SynthError];

/** The command `vsi-build`: runs and sets the process's exit code. Only this file does. */
export async function main(words: readonly string[] = process.argv.slice(2)): Promise<void> {
  try {
    process.exitCode = await runCommand(words, await ownVersion());
  } catch (error) {
    process.exitCode = reportError(error);
  }
}

/** Prints an error as one plain line and says what the exit code is. */
function reportError(error: unknown): number {
  if (error instanceof Interruption) {
    process.stderr.write(`vsi-build: ${error.message}. The finished scans are kept: go on with --resume.\n`);
    return SIGNAL_EXIT_CODES[error.signal];
  }
  const explained = EXPLAINED_ERRORS.some((kind) => error instanceof kind);
  const text = error instanceof Error ? (explained ? error.message : (error.stack ?? error.message)) : String(error);
  process.stderr.write(`vsi-build: ${text}\n`);
  return USAGE_ERRORS.some((kind) => error instanceof kind) ? 2 : 1;
}
