import type { Device } from "./environmentFolder.ts";
import { environmentFolder, environmentPython } from "./environmentFolder.ts";
import { findPython } from "./findPython.ts";
import { type FinishedMarker, readFinishedMarker } from "./finishedMarker.ts";
import { installedVersions } from "./installedVersions.ts";
import { type Requirement, readRequirements } from "./requirements.ts";
import type { Installer, SetupOptions } from "./setupOptions.ts";
import { readWorkerPackage, WORKER_DISTRIBUTION, type WorkerPackage } from "./workerPackage.ts";

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
  /** The worker's package, and the copy of it that is installed from and then removed; null for none. */
  worker: (WorkerPackage & { copy: string }) | null;
  /** In order; none when there is nothing to do, one when only the worker is another than the installed one. */
  steps: { what: string; command: string[] }[];
}

/** Says what setup will do. @throws TrainError as in findPython, readRequirements and installedVersions, DatasetError as in readWorkerPackage. */
export async function planSetup(options: SetupOptions): Promise<SetupPlan> {
  const requirements = await readRequirements(options.requirements);
  const folder = environmentFolder(options.cache, requirements, options.device);
  const python = environmentPython(folder);
  const finished = await readFinishedMarker(folder);
  const worker =
    options.worker === null ? null : { ...(await readWorkerPackage(options.worker)), copy: `${folder}-worker` };
  const plan = { folder, python, requirements, finished, worker };
  if (finished !== null) {
    if (worker === null || worker.sha256 === finished.worker) return { ...plan, steps: [] };
    // uv leaves pip out of the environments it makes.
    const hasPip = (await installedVersions(python)).packages.has("pip");
    return { ...plan, steps: [installWorker(worker, python, hasPip ? options.installer : "uv")] };
  }
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
  return { ...plan, steps: worker === null ? steps : [...steps, installWorker(worker, python, options.installer)] };
}

/**
 * Without build isolation: the environment has setuptools already (torch requires it), so that a new worker needs no
 * index. Installers take the same version for the same package, hence the force.
 */
function installWorker({ version, copy }: NonNullable<SetupPlan["worker"]>, python: string, installer: Installer) {
  const options = ["--no-deps", "--no-build-isolation"];
  const command =
    installer === "uv"
      ? ["uv", "pip", "install", "--python", python, ...options, "--reinstall", copy]
      : [python, ...PIP_INSTALL, ...options, "--force-reinstall", copy];
  return { what: `the worker, ${WORKER_DISTRIBUTION} ${version}, by ${installer}`, command };
}

/** Where pip looks is the user's setting (pip.conf, PIP_INDEX_URL, PIP_FIND_LINKS and so on): none is given here. */
const PIP_INSTALL = ["-m", "pip", "install", "--no-input", "--progress-bar", "off"];
