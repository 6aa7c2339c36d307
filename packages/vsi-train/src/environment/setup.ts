import { spawn } from "node:child_process";
import { open, rm } from "node:fs/promises";
import { dirname } from "node:path";
import type { Log } from "@vsi/command";
import { clearOldLock } from "@vsi/command/internal";
import { at } from "@vsi/dataset/internal";
import { TrainError } from "../errors.ts";
import { lockOutput } from "../process/lockOutput.ts";
import { watchTree } from "../process/processTree.ts";
import { lastLines } from "../process/programOutput.ts";
import { folderSize } from "./disk.ts";
import {
  cacheFolder,
  type Device,
  environmentFolder,
  environmentPython,
  type FinishedMarker,
  readFinishedMarker,
  writeFinishedMarker,
} from "./environmentFolder.ts";
import { type FoundPython, findPython } from "./findPython.ts";
import {
  installedVersions,
  REQUIREMENTS_FILE,
  type Requirement,
  readRequirements,
  type VersionDifference,
  versionDifferences,
} from "./requirements.ts";
import {
  copyWorkerPackage,
  PYTHON_FOLDER,
  readWorkerPackage,
  WORKER_DISTRIBUTION,
  type WorkerPackage,
} from "./workerPackage.ts";

/** What makes a virtual environment and installs into it. */
type Installer = "pip" | "uv";

/** How the trainer's environment is made. */
export interface SetupOptions {
  device: Device;
  installer: Installer;
  /** The Python to make it with; null takes python3 or python from the PATH. */
  python: string | null;
  /** The requirements file, every version pinned. */
  requirements: string;
  /** The folder of the Python worker's package; null installs the pinned packages alone. */
  worker: string | null;
  /** The folder that holds the environments. */
  cache: string;
}

export const DEFAULT_SETUP_OPTIONS: SetupOptions = {
  device: "gpu",
  installer: "pip",
  python: null,
  requirements: REQUIREMENTS_FILE,
  worker: PYTHON_FOLDER,
  /** Where vsi-train keeps what it can recreate, by the environment of whoever asks. */
  get cache() {
    return cacheFolder("vsi-train");
  },
};

/**
 * Approximate size of an environment, in bytes. 1.47 GB were measured with torch's CPU build (Linux, Python 3.11); with
 * CUDA libraries it is 6 GB.
 */
export const EXPECTED_BYTES: Readonly<Record<Device, number>> = { cpu: 1.5e9, gpu: 6e9 };

/** What setup will do, before it does anything. */
export interface SetupPlan {
  /** Where the environment goes. */
  folder: string;
  /** The Python it will have. */
  python: string;
  requirements: Requirement[];
  /** The Python that was asked for, where the existing environment has another; null otherwise. */
  unused: FoundPython | null;
  /** The existing environment; null when it has to be built. */
  finished: FinishedMarker | null;
  /** The worker's package, and the temporary copy that it is installed from; null for none. */
  worker: (WorkerPackage & { copy: string }) | null;
  /** In order; empty when there is nothing to do, one step when only the worker changed. */
  steps: { what: string; command: string[] }[];
}

/**
 * Says what setup will do. @throws TrainError as in findPython, readRequirements and installedVersions, DatasetError as
 * in readWorkerPackage.
 */
export async function planSetup(options: SetupOptions): Promise<SetupPlan> {
  const requirements = await readRequirements(options.requirements);
  const folder = environmentFolder(options.cache, requirements, options.device);
  const python = environmentPython(folder);
  const finished = await readFinishedMarker(folder);
  const worker =
    options.worker === null ? null : { ...(await readWorkerPackage(options.worker)), copy: `${folder}-worker` };
  // Also of an environment that is there: a path that is none, or another Python, must not pass without a word.
  const asked = finished === null || options.python === null ? null : await findPython(options.python, { venv: false });
  const unused = asked === null || asked.version === finished?.versions.python ? null : asked;
  const plan = { folder, python, requirements, unused, finished, worker };
  if (finished !== null) {
    if (worker === null || worker.sha256 === finished.worker) return { ...plan, steps: [] };
    // uv leaves pip out of the environments it makes.
    const hasPip = (await installedVersions(python)).packages.has("pip");
    return { ...plan, steps: [installWorker(worker, python, hasPip ? options.installer : "uv")] };
  }
  const found = await findPython(options.python, { venv: options.installer === "pip" });
  const packages = `${requirements.length} ${requirements.length === 1 ? "package" : "packages"}`;
  const make = { what: `a virtual environment with Python ${found.version}` };
  const install = { what: `${packages} with ${options.installer}` };
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

/** Where pip looks is up to the user's configuration (pip.conf, PIP_INDEX_URL, PIP_FIND_LINKS and so on). */
const PIP_INSTALL = ["-m", "pip", "install", "--no-input", "--progress-bar", "off"];

/**
 * Builds the trainer's environment as planned. An unfinished one is removed and rebuilt: a killed installer can leave
 * packages that look complete. Downloads are in its own cache, so the second time is quick. A finished one stays and
 * counts as finished while its worker is replaced: vsi-train runs its own (pythonEnvironment), not the installed one.
 *
 * @param signal stops it and ends the installer; its reason is then thrown.
 * @returns the marker of the finished environment, also when there was nothing to do.
 * @throws TrainError "setup-failed" with the installer's last lines or "setup-incomplete", UsageError while another
 * setup is at work in the same cache.
 */
export async function setupEnvironment(plan: SetupPlan, log: Log, signal: AbortSignal): Promise<FinishedMarker> {
  if (plan.finished !== null && plan.steps.length === 0) {
    // Marked again: the environment set up last is the one in use.
    await writeFinishedMarker(plan.folder, plan.finished);
    return plan.finished;
  }
  clearOldLock(`${plan.folder}.lock`);
  // Not in the environment's own folder, which is removed and rebuilt.
  const lock = lockOutput(dirname(plan.folder), "vsi-train setup");
  try {
    if (plan.worker !== null) {
      await rm(plan.worker.copy, { recursive: true, force: true });
      await copyWorkerPackage(plan.worker, plan.worker.copy);
    }
    return await makeEnvironment(plan, log, AbortSignal.any([signal, lock.lost]));
  } finally {
    if (plan.worker !== null) await rm(plan.worker.copy, { recursive: true, force: true });
    lock.release();
  }
}

async function makeEnvironment(plan: SetupPlan, log: Log, signal: AbortSignal): Promise<FinishedMarker> {
  const started = performance.now();
  if (plan.finished === null) await rm(plan.folder, { recursive: true, force: true });
  const logFile = `${plan.folder}.log`;
  await rm(logFile, { force: true });
  for (const [index, { what, command }] of plan.steps.entries()) {
    log("info", `[${index + 1}/${plan.steps.length}] ${what} (what it says goes to ${logFile})`);
    const exitCode = await runLogged(command, { log: logFile, signal });
    if (exitCode !== 0) throw await installerError(command, exitCode, logFile);
  }
  const installed = await installedVersions(plan.python);
  const { worker } = plan;
  const expected = [
    ...plan.requirements,
    ...(worker === null ? [] : [{ name: WORKER_DISTRIBUTION, version: worker.version }]),
  ];
  const differences = versionDifferences(expected, installed);
  if (differences.length > 0) throw incompleteError(plan.folder, differences);
  const marker: FinishedMarker = {
    schema: "vsi-train-environment/1",
    versions: {
      python: installed.python,
      ...Object.fromEntries(expected.map(({ name, version }) => [name, version])),
    },
    ...(worker === null ? {} : { worker: worker.sha256 }),
    bytes: await folderSize(plan.folder),
    seconds: plan.finished?.seconds ?? Math.round((performance.now() - started) / 1000),
  };
  signal.throwIfAborted();
  await writeFinishedMarker(plan.folder, marker);
  return marker;
}

/**
 * Runs a program to its end, appending its output to a log file.
 *
 * @param signal ends the program and all that it started; its reason is then thrown.
 * @returns the exit code; null when the program was killed or could not be started.
 */
async function runLogged(
  command: readonly string[],
  options: { log: string; signal: AbortSignal },
): Promise<number | null> {
  const { log, signal } = options;
  signal.throwIfAborted();
  const file = await open(log, "a");
  try {
    await file.appendFile(`$ ${command.join(" ")}\n`);
    const child = spawn(at(command, 0), command.slice(1), {
      stdio: ["ignore", file.fd, file.fd],
      detached: true,
      env: process.env,
    });
    const { pid } = child;
    const end = (): void => {
      if (pid !== undefined) void watchTree(pid).kill();
    };
    signal.addEventListener("abort", end, { once: true });
    const exitCode = await new Promise<number | null>((resolve) => {
      child.once("error", (error) => file.appendFile(`${error.message}\n`).finally(() => resolve(null)));
      child.once("exit", resolve);
    });
    signal.removeEventListener("abort", end);
    signal.throwIfAborted();
    return exitCode;
  } finally {
    await file.close();
  }
}

/** Enough of an installer's output for its error and what led to it. */
const SHOWN_LINES = 15;

async function installerError(command: readonly string[], exitCode: number | null, log: string): Promise<TrainError> {
  const lines = await lastLines(log, SHOWN_LINES);
  const start = exitCode === null ? `Is ${command[0]} installed and on the PATH? ` : "";
  return new TrainError("setup-failed", {
    file: at(command, 0),
    place: command.slice(1).join(" "),
    got: exitCode === null ? "no start" : `exit code ${exitCode}`,
    expected: "the environment",
    advice: `${start}Its last output (all of it is in ${log}):\n  ${lines.join("\n  ")}\nFix that and run vsi-train setup again; downloads are kept.`,
  });
}

function incompleteError(folder: string, differences: readonly VersionDifference[]): TrainError {
  return new TrainError("setup-incomplete", {
    file: folder,
    place: "installed packages",
    got: differences.map(({ name, found }) => `${name} ${found ?? "missing"}`).join(", "),
    expected: differences.map(({ name, version }) => `${name} ${version}`).join(", "),
    advice: "Does pip's own configuration hold them back (pip config list)? Fix that, then run vsi-train setup again.",
  });
}
