import { lazily, type Program, packageVersion, runProgram } from "@vsi/command/program";
import { EXPORT, VIEW } from "./commands/flags.ts";

/** The command `vsi-view`: runs and sets the process's exit code. Only this file does. */
export async function main(): Promise<void> {
  await runProgram(VSI_VIEW);
}

/** The command `vsi-view`. */
export const VSI_VIEW: Program = {
  name: "vsi-view",
  about: VIEW.about,
  version: () => packageVersion(new URL("../package.json", import.meta.url)),
  main: lazily(VIEW, () => import("./commands/view.ts")),
  commands: { export: lazily(EXPORT, () => import("./commands/export.ts")) },
  exitCodes:
    "Exit codes: 0 done; 1 something failed, such as a full disk; 2 wrong usage or files that do not fit; 130 or 143 after a signal.",
  errors: () => import("./explainedErrors.ts"),
  afterInterruption: "Nothing is half written; an export starts again.",
};
