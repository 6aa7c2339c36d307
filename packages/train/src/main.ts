import { runMain } from "@vsi/command";
import { trainCommand } from "./command/trainCommand.ts";

/** The command `vsi-train`: runs and sets the process's exit code. Only this file does. */
export async function main(): Promise<void> {
  await runMain(await trainCommand());
}
