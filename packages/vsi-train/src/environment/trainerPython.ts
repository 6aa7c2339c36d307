import { existsSync } from "node:fs";
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { checkArguments, fields, RECORD, TEXT } from "@vsi/dataset/internal";
import { withoutLauncher } from "../settings/launch.ts";
import {
  type Device,
  environmentFolder,
  environmentPython,
  FINISHED_MARKER_FILE,
  readFinishedMarker,
} from "./environmentFolder.ts";
import { PYTHON_VARIABLE, readRequirements } from "./requirements.ts";
import { DEFAULT_SETUP_OPTIONS, type SetupOptions } from "./setup.ts";
import { PYTHON_FOLDER } from "./workerPackage.ts";

const DEVICES: readonly Device[] = ["gpu", "cpu"];

/**
 * The Python that trains: VSI_TRAINER_PYTHON, else that of the environment set up last for today's pinned versions.
 * @returns its path, or a sentence that says what is missing and what to type.
 *
 * @example
 * ```js
 * import { findTrainerPython } from "vsi-train";
 *
 * const found = await findTrainerPython();
 * console.log("python" in found ? `trains with ${found.python}` : found.missing);
 * ```
 */
export async function findTrainerPython(
  where: Pick<SetupOptions, "requirements" | "cache"> = DEFAULT_SETUP_OPTIONS,
  env: NodeJS.ProcessEnv = process.env,
): Promise<{ python: string } | { missing: string }> {
  checkArguments("findTrainerPython", {
    where: [where, fields({ requirements: TEXT, cache: TEXT })],
    env: [env, RECORD],
  });
  const asked = env[PYTHON_VARIABLE];
  if (asked !== undefined && asked !== "") {
    return existsSync(asked)
      ? { python: asked }
      : {
          missing: `${PYTHON_VARIABLE} names ${asked}, which does not exist. Correct it, or unset it and run vsi-train setup.`,
        };
  }
  const requirements = await readRequirements(where.requirements);
  let last: { python: string; time: number } | null = null;
  for (const device of DEVICES) {
    const folder = environmentFolder(where.cache, requirements, device);
    if ((await readFinishedMarker(folder)) === null) continue;
    const time = (await stat(join(folder, FINISHED_MARKER_FILE))).mtimeMs;
    if (last === null || time > last.time) last = { python: environmentPython(folder), time };
  }
  return last === null
    ? { missing: "There is no training environment yet. Run vsi-train setup (without a GPU: vsi-train setup --cpu)." }
    : { python: last.python };
}

/**
 * The environment variables of a Python that is to find vsi_trainer; what the user's PYTHONPATH names comes after it,
 * and what another launcher set is left out.
 *
 * This worker takes precedence over an installed one: worker.json and the events have no versions of their own, so the
 * two halves must be of one vsi-train. An environment that several versions share, or one that VSI_TRAINER_PYTHON
 * names, can hold another worker or none.
 */
export function pythonEnvironment(env: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
  const separator = process.platform === "win32" ? ";" : ":";
  const path = env.PYTHONPATH;
  return { ...quietEnvironment(env), PYTHONPATH: path ? `${PYTHON_FOLDER}${separator}${path}` : PYTHON_FOLDER };
}

/**
 * The environment without what another launcher set, and with DO_NOT_TRACK unless the user set it: TRL tells the hub of
 * each training, vLLM's server its makers of each start, and we promise that nothing is sent.
 */
export function quietEnvironment(env: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
  return { DO_NOT_TRACK: "1", ...withoutLauncher(env) };
}
