import { lazily, type Program, packageVersion, runProgram } from "@vsi/command/program";
import { INSPECT_COMMANDS } from "@vsi/inspect/commands";
import { BUILD, MERGE, SAMPLES } from "./commands/flags.ts";
import { keepHeapSmall } from "./engine.ts";

/** The command `vsi-build`: runs and sets the process's exit code. Only this file does. */
export async function main(): Promise<void> {
  await runProgram(VSI_BUILD);
}

/** The command `vsi-build`. */
export const VSI_BUILD: Program = {
  name: "vsi-build",
  about: BUILD.about,
  version: () => packageVersion(new URL("../package.json", import.meta.url)),
  main: lazily(BUILD, () => {
    keepHeapSmall();
    return import("./commands/build.ts");
  }),
  commands: {
    samples: lazily(SAMPLES, () => import("./commands/samples.ts")),
    merge: lazily(MERGE, () => {
      keepHeapSmall();
      return import("./commands/merge.ts");
    }),
    ...INSPECT_COMMANDS,
  },
  exitCodes: "Exit codes: 0 done; 1 something failed; 2 wrong usage; 130, 143 after a signal.",
  errors: () => import("./explainedErrors.ts"),
  afterInterruption: "Nothing is half written; a build or merge continues with --resume, anything else starts again.",
};
