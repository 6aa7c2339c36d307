import { BuildStoppedError, type Main, runMain } from "@vsi/command";
import { DatasetError } from "@vsi/dataset/node";
import { GeometryError } from "@vsi/geometry";
import {
  auditFlags,
  exportFlags,
  runAudit,
  runExport,
  runShow,
  runStats,
  runVerify,
  showFlags,
  statsFlags,
  verifyFlags,
} from "@vsi/inspect";
import { SynthError } from "@vsi/synth";
import type { Argv } from "yargs";
import { runBuild } from "./commands/build.ts";
import { buildFlags, toBuildArguments } from "./commands/buildFlags.ts";
import { mergeFlags, runMerge } from "./commands/merge.ts";
import { runSamples, samplesFlags } from "./commands/samples.ts";
import { ownVersion } from "./manifest.ts";

/** The command `vsi-build`: runs and sets the process's exit code. Only this file does. */
export async function main(): Promise<void> {
  await runMain(await buildCommand());
}

/** The command `vsi-build` as it is started and tested. */
export async function buildCommand(): Promise<Main> {
  return {
    name: "vsi-build",
    version: await ownVersion(),
    register: registerCommands,
    epilogue:
      "Exit codes: 0 done, 1 a scan was skipped, the build had to stop or verify found a problem, 2 wrong usage, 130 or 143 after a signal.",
    explainedErrors: [BuildStoppedError, DatasetError, GeometryError, SynthError],
    usageErrors: [GeometryError, SynthError],
    afterInterruption: "What is finished is kept: a build goes on with --resume.",
  };
}

/** What vsi-build can be asked for. */
function registerCommands(commandLine: Argv, exitWith: (code: number) => void): Argv {
  return commandLine
    .command(
      "$0",
      "Reads every ScanNet scan below a folder and writes a dataset of question-answer pairs with true geometry behind them.",
      buildFlags,
      async (flags) => exitWith(await runBuild(await toBuildArguments(flags))),
    )
    .command("merge [shards..]", "Makes one dataset of the shards of a build", mergeFlags, async (flags) =>
      exitWith(await runMerge(flags)),
    )
    .command("export <folder>", "Writes a dataset's questions in another form", exportFlags, async (flags) =>
      exitWith(await runExport(flags)),
    )
    .command("verify <folder>", "Checks every file, id, count and answer of a dataset", verifyFlags, async (flags) =>
      exitWith(await runVerify(flags)),
    )
    .command("stats <folder>", "What is in a dataset, by split and question type", statsFlags, async (flags) =>
      exitWith(await runStats(flags)),
    )
    .command(
      "show <folder> <id>",
      "One question with its answer, what it rests on, and a drawing from above",
      showFlags,
      async (flags) => exitWith(await runShow(flags)),
    )
    .command(
      "audit <folder>",
      "Is the answer given away without looking? Finds a dataset's shortcuts, and drops them on --debias",
      auditFlags,
      async (flags) => exitWith(await runAudit(flags)),
    )
    .command(
      "samples <folder>",
      "Writes sample rooms in ScanNet's formats, to try everything without a licence",
      samplesFlags,
      async (flags) => exitWith(await runSamples(flags)),
    );
}
