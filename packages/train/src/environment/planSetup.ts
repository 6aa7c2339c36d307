import type { Device } from "./environmentFolder.ts";
import { environmentFolder, environmentPython } from "./environmentFolder.ts";
import { findPython } from "./findPython.ts";
import { type FinishedMarker, readFinishedMarker } from "./finishedMarker.ts";
import { type Requirement, readRequirements } from "./requirements.ts";
import type { SetupOptions } from "./setupOptions.ts";

/**
 * About what an environment takes, in bytes. With torch's CPU build 1.47 GB were measured (Linux, Python 3.11); its CUDA
 * libraries make that 6 GB.
 */
export const EXPECTED_BYTES: Readonly<Record<Device, number>> = { cpu: 1.5e9, gpu: 6e9 };

/** What setup will do, before it does anything. */
export interface SetupPlan {
  /** Where the environment goes. */
  folder: string;
  /** The Python it will have. */
  python: string;
  requirements: Requirement[];
  /** What there is already: null when it has to be made. */
  finished: FinishedMarker | null;
  /** In order; none when it is finished. */
  steps: { what: string; command: string[] }[];
}

/** Says what setup will do. @throws TrainError as in findPython and readRequirements. */
export async function planSetup(options: SetupOptions): Promise<SetupPlan> {
  const requirements = await readRequirements(options.requirements);
  const folder = environmentFolder(options.cache, requirements, options.device);
  const python = environmentPython(folder);
  const finished = await readFinishedMarker(folder);
  const plan = { folder, python, requirements, finished };
  if (finished !== null) return { ...plan, steps: [] };
  const found = await findPython(options.python, { venv: options.installer === "pip" });
  const packages = `${requirements.length} ${requirements.length === 1 ? "package" : "packages"}`;
  const make = { what: `a virtual environment with Python ${found.version}` };
  const install = { what: `${packages} by ${options.installer}` };
  const steps =
    options.installer === "uv"
      ? [
          { ...make, command: ["uv", "venv", "--python", found.command, folder] },
          { ...install, command: ["uv", "pip", "install", "--python", python, "--requirement", options.requirements] },
        ]
      : [
          { ...make, command: [found.command, "-m", "venv", folder] },
          { ...install, command: [python, ...PIP_INSTALL, "--requirement", options.requirements] },
        ];
  return { ...plan, steps };
}

/** Where pip looks is the user's setting (pip.conf, PIP_INDEX_URL, PIP_FIND_LINKS and so on): none is given here. */
const PIP_INSTALL = ["-m", "pip", "install", "--no-input", "--progress-bar", "off"];
