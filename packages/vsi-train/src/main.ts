import { lazily, type Program, packageVersion, runProgram } from "@vsi/command/program";
import { DOCTOR, EXPORT, MEASURE, MERGE, REPORT, SETUP, TINY_MODEL } from "./commands/flags.ts";
import { STUDY } from "./commands/studyFlags.ts";
import { DPO, GRPO, SFT } from "./commands/trainingFlags.ts";
import type { Method } from "./settings/runSettings.ts";

/** The command `vsi-train`: runs and sets the process's exit code. Only this file does. */
export async function main(): Promise<void> {
  await runProgram(VSI_TRAIN);
}

/** The `run` of a method. */
async function training(method: Method) {
  const { runTraining } = await import("./commands/train.ts");
  return { run: (flags: Parameters<typeof runTraining>[1]) => runTraining(method, flags) };
}

/** The command `vsi-train`. */
export const VSI_TRAIN: Program = {
  name: "vsi-train",
  about: "Train a vision-language model on a dataset of vsi-build",
  version: () => packageVersion(new URL("../package.json", import.meta.url)),
  commands: {
    setup: lazily(SETUP, () => import("./commands/setup.ts")),
    doctor: lazily(DOCTOR, () => import("./commands/doctor.ts")),
    grpo: lazily(GRPO, () => training("grpo")),
    sft: lazily(SFT, () => training("sft")),
    dpo: lazily(DPO, () => training("dpo")),
    measure: lazily(MEASURE, () => import("./commands/measure.ts")),
    merge: lazily(MERGE, () => import("./commands/merge.ts")),
    study: lazily(STUDY, () => import("./commands/study.ts")),
    report: lazily(REPORT, () => import("./commands/report.ts")),
    "tiny-model": lazily(TINY_MODEL, () => import("./commands/tinyModel.ts")),
    export: lazily(EXPORT, () => import("./commands/export.ts")),
  },
  exitCodes:
    "Exit codes: 0 done; 1 something failed; 2 wrong usage or files that do not fit; 130 or 143 after a signal (training saves a checkpoint first).",
  errors: () => import("./explainedErrors.ts"),
  afterInterruption: "Continue with --resume.",
  // A training ends after its checkpoint.
  endsWithin: null,
};
