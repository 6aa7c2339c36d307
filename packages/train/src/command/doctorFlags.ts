import { commonFlags, type LogLevel } from "@vsi/command";
import type { Argv } from "yargs";

/** The flags of `vsi-train doctor`. */
export function doctorFlags<T>(commandLine: Argv<T>) {
  return commonFlags(commandLine)
    .option("data", { type: "string", describe: "Dataset folder to look at" })
    .option("model", { type: "string", describe: "Model to look for: a folder or a hub's name" });
}

/** What yargs makes of them. */
export interface DoctorArguments {
  data?: string | undefined;
  model?: string | undefined;
  json: boolean;
  quiet: boolean;
  "log-level": LogLevel;
}
