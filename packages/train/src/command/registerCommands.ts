import type { Argv } from "yargs";
import { doctorFlags } from "./doctorFlags.ts";
import { exportFlags } from "./exportFlags.ts";
import { reportFlags } from "./reportFlags.ts";
import { runDoctor } from "./runDoctor.ts";
import { runExport } from "./runExport.ts";
import { runReport } from "./runReport.ts";
import { runSetup } from "./runSetup.ts";
import { runTinyModel } from "./runTinyModel.ts";
import { runTraining } from "./runTraining.ts";
import { setupFlags } from "./setupFlags.ts";
import { tinyModelFlags } from "./tinyModelFlags.ts";
import { dpoFlags, grpoFlags, sftFlags } from "./trainFlags.ts";

/** What vsi-train can be asked for. */
export function registerCommands(commandLine: Argv, exitWith: (code: number) => void): Argv {
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
