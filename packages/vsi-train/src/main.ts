import { type Main, packageVersion, runMain } from "@vsi/command";
import { DatasetError } from "@vsi/dataset";
import type { Argv } from "yargs";
import { doctorFlags, runDoctor } from "./commands/doctor.ts";
import { exportFlags, runExport } from "./commands/export.ts";
import { reportFlags, runReport } from "./commands/report.ts";
import { runSetup, setupFlags } from "./commands/setup.ts";
import { runTinyModel, tinyModelFlags } from "./commands/tinyModel.ts";
import { runTraining } from "./commands/train.ts";
import { dpoFlags, grpoFlags, sftFlags } from "./commands/trainFlags.ts";
import { TrainError } from "./errors.ts";

/** The command `vsi-train`: runs and sets the process's exit code. Only this file does. */
export async function main(): Promise<void> {
  await runMain(await trainCommand());
}

/** The command `vsi-train` as it is started and tested. */
async function trainCommand(): Promise<Main> {
  return {
    name: "vsi-train",
    version: await packageVersion(new URL("../package.json", import.meta.url)),
    register: registerCommands,
    epilogue:
      "Exit codes: 0 done, 1 something failed, 2 wrong usage, 130 or 143 after a signal, with a checkpoint saved.",
    explainedErrors: [DatasetError, TrainError],
    usageErrors: [],
    afterInterruption: "Go on with --resume.",
    // A training ends after its checkpoint.
    endsWithin: null,
  };
}

/** The sub-commands of vsi-train. */
function registerCommands(commandLine: Argv, exitWith: (code: number) => void): Argv {
  return commandLine
    .command(
      "setup",
      "Makes the Python environment that trains, in the user's cache folder",
      setupFlags,
      async (flags) => exitWith(await runSetup(flags)),
    )
    .command("doctor", "Says what is there, what is missing, and what to type", doctorFlags, async (flags) =>
      exitWith(await runDoctor(flags)),
    )
    .command("grpo", "Trains by GRPO: rollouts rewarded by @vsi/scoring", grpoFlags, async (flags) =>
      exitWith(await runTraining("grpo", flags)),
    )
    .command("sft", "Trains on the right answers", sftFlags, async (flags) => exitWith(await runTraining("sft", flags)))
    .command("dpo", "Trains to prefer right answers to plausible wrong ones", dpoFlags, async (flags) =>
      exitWith(await runTraining("dpo", flags)),
    )
    .command(
      "report <runs..>",
      "Draws a run's curves, samples and settings to one HTML file",
      reportFlags,
      async (flags) => exitWith(await runReport(flags)),
    )
    .command(
      "tiny-model",
      "Makes a tiny random Qwen2-VL, to try everything without a GPU",
      tinyModelFlags,
      async (flags) => exitWith(await runTinyModel(flags)),
    )
    .command("export", "Writes a dataset in another trainer's form", exportFlags, async (flags) =>
      exitWith(await runExport(flags)),
    )
    .demandCommand(1, "Say what to do: setup, doctor, grpo, sft, dpo, report, tiny-model or export.");
}
