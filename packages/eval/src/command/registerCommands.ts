import type { Argv } from "yargs";
import { runFlags, toRunArguments } from "./runFlags.ts";
import { runRun } from "./runRun.ts";

/** What vsi-eval can be asked for. */
export function registerCommands(commandLine: Argv, exitWith: (code: number) => void): Argv {
  return commandLine
    .command(
      "run",
      "Asks an OpenAI-compatible server every question of a benchmark, with the frames as images",
      runFlags,
      async (flags) => exitWith(await runRun(toRunArguments(flags, process.env))),
    )
    .demandCommand(1, "Say what to do: run.");
}
