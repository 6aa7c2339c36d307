import type { Argv } from "yargs";
import { LOG_LEVELS, type LogLevel } from "../terminal/createLog.ts";
import { readConfig } from "./readConfig.ts";

/** The flags that every command takes: --quiet, --json, --log-level and --config. */
export function commonFlags<T>(commandLine: Argv<T>) {
  return commandLine
    .option("quiet", { type: "boolean", default: false, describe: "No progress and no closing table; errors only" })
    .option("json", { type: "boolean", default: false, describe: "Print the closing table as JSON on standard output" })
    .option("log-level", {
      choices: LOG_LEVELS,
      default: "info" as LogLevel,
      describe: "Least important line to print",
    })
    .config("config", "JSON file with any of these options by their long name", readConfig);
}
