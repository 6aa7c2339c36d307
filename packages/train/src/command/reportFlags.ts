import { commonFlags, type LogLevel } from "@vsi/command";
import type { Argv } from "yargs";

/** The arguments of `vsi-train report`. */
export function reportFlags<T>(commandLine: Argv<T>) {
  return commonFlags(commandLine)
    .positional("runs", { type: "string", array: true, demandOption: true, describe: "Folders of runs" })
    .option("out", {
      type: "string",
      describe: "HTML file to write; report.html in the first run's folder unless given",
    });
}

/** What yargs makes of them. */
export interface ReportArguments {
  runs: string[];
  out?: string | undefined;
  json: boolean;
  quiet: boolean;
  "log-level": LogLevel;
}
