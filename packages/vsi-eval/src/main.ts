import { type Main, packageVersion, runMain } from "@vsi/command";
import { DatasetError } from "@vsi/dataset/node";
import type { Argv } from "yargs";
import { compareFlags, runCompare } from "./commands/compare.ts";
import { runFlags, runRun, toRunArguments } from "./commands/run.ts";
import { runScore, scoreFlags } from "./commands/score.ts";
import { EvaluationError, EXIT_CODES, RunStoppedError } from "./errors.ts";

/** The command `vsi-eval`: runs and sets the process's exit code. Only this file does. */
export async function main(): Promise<void> {
  await runMain(await evalCommand());
}

/** The command `vsi-eval` as it is started and tested. */
async function evalCommand(): Promise<Main> {
  return {
    name: "vsi-eval",
    version: await packageVersion(new URL("../package.json", import.meta.url)),
    register: registerCommands,
    epilogue: EXIT_CODES,
    explainedErrors: [EvaluationError, RunStoppedError, DatasetError],
    usageErrors: [EvaluationError],
    afterInterruption: "What was answered is kept: vsi-eval run goes on with --resume.",
  };
}

/** What vsi-eval can be asked for. */
function registerCommands(commandLine: Argv, exitWith: (code: number) => void): Argv {
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
