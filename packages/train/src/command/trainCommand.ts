import { type Main, packageVersion } from "@vsi/command";
import { DatasetError } from "@vsi/dataset";
import { TrainError } from "../trainError.ts";
import { registerCommands } from "./registerCommands.ts";

/** The command `vsi-train` as it is started and tested. */
export async function trainCommand(): Promise<Main> {
  return {
    name: "vsi-train",
    version: await packageVersion(new URL("../../package.json", import.meta.url)),
    register: registerCommands,
    epilogue:
      "Exit codes: 0 done, 1 something failed, 2 wrong usage, 130 or 143 after a signal, with a checkpoint saved.",
    explainedErrors: [DatasetError, TrainError],
    usageErrors: [],
    afterInterruption: "Go on with --resume.",
  };
}
