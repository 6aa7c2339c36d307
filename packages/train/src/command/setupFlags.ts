import { commonFlags, type LogLevel } from "@vsi/command";
import type { Argv } from "yargs";

/** The flags of `vsi-train setup`. */
export function setupFlags<T>(commandLine: Argv<T>) {
  return commonFlags(commandLine)
    .option("cpu", {
      type: "boolean",
      default: false,
      describe: "An environment of its own for a machine without a GPU",
    })
    .option("uv", { type: "boolean", default: false, describe: "Install with uv instead of pip" })
    .option("python", { type: "string", describe: "Python to make it with; python3 of the PATH unless given" })
    .option("dry-run", { type: "boolean", default: false, describe: "Only say what would be done" });
}

/** What yargs makes of them. */
export interface SetupArguments {
  cpu: boolean;
  uv: boolean;
  python?: string | undefined;
  "dry-run": boolean;
  quiet: boolean;
  json: boolean;
  "log-level": LogLevel;
}
