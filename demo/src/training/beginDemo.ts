import { rm } from "node:fs/promises";
import { findTrainerPython } from "vsi-train";
import { DEMO_ENVIRONMENT, runCommand } from "../commands.ts";

/** Says what every command runs with, and empties the demo's folder. @returns the trainer's Python, made if need be. */
export async function beginDemo(folder: string, signal: AbortSignal): Promise<string> {
  const settings = Object.entries(DEMO_ENVIRONMENT).map(([name, value]) => `${name}=${value}`);
  process.stdout.write(`Every command runs with ${settings.join(" ")}. What stands in ${folder} is deleted first.\n`);
  await rm(folder, { recursive: true, force: true });
  return await makeSurePython(signal);
}

async function makeSurePython(signal: AbortSignal): Promise<string> {
  const found = await findTrainerPython();
  if ("python" in found) return found.python;
  process.stdout.write("\nThere is no Python environment for training yet, so it is made first (some minutes).\n");
  await runCommand("vsi-train", ["setup", "--cpu"], { signal });
  const made = await findTrainerPython();
  if ("python" in made) return made.python;
  throw new Error(`vsi-train setup --cpu ended well, yet there is no environment. Type ${made.missing}.`);
}
