import { type Main, packageVersion } from "@vsi/command";
import { DatasetError } from "@vsi/dataset/node";
import { EvaluationError } from "../evaluationError.ts";
import { RunStoppedError } from "../runStoppedError.ts";
import { EXIT_CODES } from "./exitCodes.ts";
import { registerCommands } from "./registerCommands.ts";

/** The command `vsi-eval` as it is started and tested. */
export async function evalCommand(): Promise<Main> {
  return {
    name: "vsi-eval",
    version: await packageVersion(new URL("../../package.json", import.meta.url)),
    register: registerCommands,
    epilogue: EXIT_CODES,
    explainedErrors: [EvaluationError, RunStoppedError, DatasetError],
    usageErrors: [EvaluationError],
    afterInterruption: "What was answered is kept: vsi-eval run goes on with --resume.",
  };
}
