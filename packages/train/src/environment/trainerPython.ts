import { access, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Device } from "./environmentFolder.ts";
import { environmentFolder, environmentPython } from "./environmentFolder.ts";
import { FINISHED_MARKER_FILE, readFinishedMarker } from "./finishedMarker.ts";
import { readRequirements } from "./requirements.ts";
import { DEFAULT_SETUP_OPTIONS, type SetupOptions } from "./setupOptions.ts";

/** Names a Python that has the packages already, instead of the environment that setup makes. */
export const PYTHON_VARIABLE = "VSI_TRAINER_PYTHON";

const DEVICES: readonly Device[] = ["gpu", "cpu"];

/**
 * The Python that trains: VSI_TRAINER_PYTHON, else that of the environment set up last for today's pinned versions.
 * @returns its path, or a sentence that says what is missing and what to type.
 */
export async function findTrainerPython(
  where: Pick<SetupOptions, "requirements" | "cache"> = DEFAULT_SETUP_OPTIONS,
  env: NodeJS.ProcessEnv = process.env,
): Promise<{ python: string } | { missing: string }> {
  const asked = env[PYTHON_VARIABLE];
  if (asked !== undefined && asked !== "") {
    const isThere = await access(asked).then(
      () => true,
      () => false,
    );
    return isThere
      ? { python: asked }
      : {
          missing: `${PYTHON_VARIABLE} names ${asked}, which is not there. Correct it, or unset it and type vsi-train setup.`,
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
    ? { missing: "There is no trainer yet. Type vsi-train setup (without a GPU: vsi-train setup --cpu)." }
    : { python: last.python };
}
