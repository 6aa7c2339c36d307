import type { Argv } from "yargs";
import { auditFlags } from "./auditFlags.ts";
import { toBuildArguments } from "./buildArguments.ts";
import { buildFlags } from "./buildFlags.ts";
import { exportFlags } from "./exportFlags.ts";
import { mergeFlags } from "./mergeFlags.ts";
import { runAudit } from "./runAudit.ts";
import { runBuild } from "./runBuild.ts";
import { runExport } from "./runExport.ts";
import { runMerge } from "./runMerge.ts";
import { runSamples } from "./runSamples.ts";
import { runShow } from "./runShow.ts";
import { runStats } from "./runStats.ts";
import { runVerify } from "./runVerify.ts";
import { samplesFlags } from "./samplesFlags.ts";
import { showFlags } from "./showFlags.ts";
import { statsFlags } from "./statsFlags.ts";
import { verifyFlags } from "./verifyFlags.ts";

/** What vsi-build can be asked for. */
export function registerCommands(commandLine: Argv, exitWith: (code: number) => void): Argv {
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
