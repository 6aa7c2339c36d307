import { lazily, type Program, packageVersion, runProgram } from "@vsi/command/program";
import { COMPARE, EXPORT_TASK, LOOKS, MEAN, RUN, SCORE } from "./commands/flags.ts";

/** The command `vsi-eval`: runs and sets the process's exit code. Only this file does. */
export async function main(): Promise<void> {
  await runProgram(VSI_EVAL);
}

/** The command `vsi-eval`. */
export const VSI_EVAL: Program = {
  name: "vsi-eval",
  about: "Measure a model on VSI-Bench or a dataset of vsi-build",
  version: () => packageVersion(new URL("../package.json", import.meta.url)),
  commands: {
    run: lazily(RUN, () => import("./commands/run.ts")),
    score: lazily(SCORE, () => import("./commands/score.ts")),
    compare: lazily(COMPARE, () => import("./commands/compare.ts")),
    mean: lazily(MEAN, () => import("./commands/mean.ts")),
    looks: lazily(LOOKS, () => import("./commands/looks.ts")),
    "export-task": lazily(EXPORT_TASK, () => import("./commands/exportTask.ts")),
  },
  exitCodes:
    "Exit codes: 0 done; 1 something failed, such as a full disk or a question without an answer; 2 wrong usage or a file that does not fit; 130 or 143 after a signal.",
  errors: () => import("./explainedErrors.ts"),
  afterInterruption: "Any answers so far are kept: vsi-eval run --resume continues, as does the same vsi-eval looks.",
};
