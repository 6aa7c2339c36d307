import { runMain } from "@vsi/command";
import { evalCommand } from "./command/evalCommand.ts";

/** The command `vsi-eval`: runs and sets the process's exit code. Only this file does. */
export async function main(): Promise<void> {
  await runMain(await evalCommand());
}
