import { existsSync } from "node:fs";
import { chmod, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { madeOnce } from "./madeOnce.ts";
import { trainerPython } from "./trainerPython.ts";

const script = (name: string): string => fileURLToPath(new URL(`../python/${name}.py`, import.meta.url));

/** The worker's sources. */
const WORKER = fileURLToPath(new URL("../../packages/vsi-train/python", import.meta.url));

/** How often a suite looks whether the libraries are imported: little beside the seconds that it takes. */
const LOOK_MS = 50;

/**
 * A program to use as the trainer's Python (VSI_TRAINER_PYTHON) that runs trainer and server in forks of a process which has
 * imported their libraries; all suites share it. It has one thread, so that sums come out the same each time, and never
 * goes to a hub. For what a process's own start shows take `trainerPython`; without that this is an empty text.
 */
export async function forkingPython(): Promise<string> {
  const python = trainerPython;
  if (python === undefined) return "";
  const folder = await madeOnce("forking-python", async (made) => {
    const socket = join(made, "socket");
    const env = {
      ...process.env,
      PYTHONPATH: WORKER,
      PYTHONDONTWRITEBYTECODE: "1",
      HF_HOME: join(made, "hub"),
      HF_HUB_OFFLINE: "1",
      OMP_NUM_THREADS: "1",
    };
    const child = keptProcess([python, script("preloadedPython"), socket], env);
    while (!existsSync(socket)) {
      if (child.exitCode !== null)
        throw new Error(`preloadedPython.py ended with ${child.exitCode}: its words stand above`);
      await wait(LOOK_MS);
    }
    // Without what a user's environment adds to Python's start.
    const words = [python, "-IS", script("forkingPython"), python, socket].map(
      (word) => `'${word.replaceAll("'", "'\\''")}'`,
    );
    await writeFile(join(made, "python"), `#!/bin/sh\nexec ${words.join(" ")} "$@"\n`);
    await chmod(join(made, "python"), 0o755);
  });
  return join(folder, "python");
}
