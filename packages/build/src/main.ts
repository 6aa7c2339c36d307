import { runMain } from "@vsi/command";
import { buildCommand } from "./command/buildCommand.ts";

/** The command `vsi-build`: runs and sets the process's exit code. Only this file does. */
export async function main(): Promise<void> {
  await runMain(await buildCommand());
}
