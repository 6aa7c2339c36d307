import type { Argv } from "yargs";
import { compareFlags } from "./compareFlags.ts";
import { runCompare } from "./runCompare.ts";
import { runFlags, toRunArguments } from "./runFlags.ts";
import { runRun } from "./runRun.ts";
import { runScore } from "./runScore.ts";
import { scoreFlags } from "./scoreFlags.ts";

/** What vsi-eval can be asked for. */
export function registerCommands(commandLine: Argv, exitWith: (code: number) => void): Argv {
  return commandLine
    .command(
      "run",
      "Asks an OpenAI-compatible server every question of a benchmark, with the frames as images",
      runFlags,
      async (flags) => exitWith(await runRun(toRunArguments(flags, process.env))),
    )
    .command(
      "score <predictions>",
      "Scores a model's answers as VSI-Bench does and by a forgiving reader, with intervals",
      scoreFlags,
      async (flags) => exitWith(await runScore(flags)),
    )
    .command(
      "compare <a> <b>",
      "Says what changed from one run to another, task by task",
      compareFlags,
      async (flags) => exitWith(await runCompare(flags)),
    )
    .demandCommand(1, "Say what to do: vsi-eval run, vsi-eval score, or vsi-eval compare.");
}
