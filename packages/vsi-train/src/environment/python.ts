import { access, stat } from "node:fs/promises";
import { join } from "node:path";
import { TrainError } from "../errors.ts";
import { captureOutput } from "./commands.ts";
import {
  DEFAULT_SETUP_OPTIONS,
  type Device,
  environmentFolder,
  environmentPython,
  FINISHED_MARKER_FILE,
  readFinishedMarker,
  readRequirements,
  type SetupOptions,
} from "./setup.ts";
import { pythonEnvironment } from "./workerPackage.ts";

/** What `python -m vsi_trainer.doctor` prints. */
export interface WorkerDoctor {
  /** Version by name of Python and what the worker imports; null for a package that is missing. */
  versions: Record<string, string | null>;
  /** The same for what only some settings need (vllm, deepspeed ...). */
  optional: Record<string, string | null>;
  /** Memory in bytes; null where it is the machine's own. */
  devices: { kind: string; name: string; memory: number | null }[];
  cores: number | null;
  /** Main memory in bytes. */
  memory: number | null;
}

/** Asks the worker's own doctor, which imports torch. @throws TrainError "doctor-failed" with its last line. */
export async function askWorkerDoctor(python: string): Promise<WorkerDoctor> {
  const { exitCode, stdout, stderr, failure } = await captureOutput([python, "-m", "vsi_trainer.doctor"], {
    env: pythonEnvironment(),
  });
  try {
    if (exitCode === 0) return JSON.parse(stdout) as WorkerDoctor;
  } catch {
    // Falls through: what it printed instead is no report.
  }
  throw new TrainError("doctor-failed", {
    file: python,
    place: "-m vsi_trainer.doctor",
    got: failure ?? stderr.trim().split("\n").at(-1) ?? `exit code ${exitCode}`,
    expected: "its report",
    advice: "Make the environment again: vsi-train setup.",
  });
}

/** The oldest Python the pinned packages run on: transformers 5 and trl 1 ask for it. */
export const OLDEST_PYTHON = [3, 10] as const;

/** A Python that an environment can be made with. */
interface FoundPython {
  /** As it was started: a name or a path. */
  command: string;
  /** Such as "3.11.7". */
  version: string;
}

/** What systems call it; tried in turn. */
const NAMES = ["python3", "python"];

/** ensurepip is what Debian and Ubuntu leave out of python3 and put into python3-venv. */
const VERSION_QUESTION =
  "import platform, importlib.util; print(platform.python_version(), importlib.util.find_spec('ensurepip') is not None)";

/**
 * Finds a Python that is new enough.
 *
 * @param asked the program to take; null takes python3 or python from the PATH.
 * @param needs whether the environment is made with Python's own venv and pip.
 * @throws TrainError "python-missing", "python-too-old" or "python-without-venv".
 */
export async function findPython(asked: string | null, needs: { venv: boolean }): Promise<FoundPython> {
  const refused: TrainError[] = [];
  for (const command of asked === null ? NAMES : [asked]) {
    const { exitCode, stdout, stderr, failure } = await captureOutput([command, "-c", VERSION_QUESTION]);
    const [version = "", ensurepip = ""] = exitCode === 0 ? stdout.trim().split(" ") : [];
    if (!/^\d+\.\d+/.test(version)) refused.push(notPython(command, failure ?? stderr.trim().split("\n").at(-1) ?? ""));
    else if (!isNewEnough(version)) refused.push(tooOld(command, version));
    else if (needs.venv && ensurepip !== "True") refused.push(withoutVenv(command, version));
    else return { command, version };
  }
  // One that is there but unfit says more than one that is not there at all.
  throw refused.find(({ code }) => code !== "python-missing") ?? refused[0]!;
}

/** Whether a version such as "3.11.7" is at least OLDEST_PYTHON. */
export function isNewEnough(version: string): boolean {
  const [major = 0, minor = 0] = version.split(".").map((part) => Number.parseInt(part, 10));
  return major > OLDEST_PYTHON[0] || (major === OLDEST_PYTHON[0] && minor >= OLDEST_PYTHON[1]);
}

const EXPECTED = `Python ${OLDEST_PYTHON.join(".")} or newer`;

function notPython(command: string, reason: string): TrainError {
  return new TrainError("python-missing", {
    file: command,
    place: "starting it",
    got: reason === "" ? "no version" : `the error "${reason}"`,
    expected: EXPECTED,
    advice: "Install Python, or name one: vsi-train setup --python PATH.",
  });
}

function tooOld(command: string, version: string): TrainError {
  return new TrainError("python-too-old", {
    file: command,
    place: "its version",
    got: `Python ${version}`,
    expected: EXPECTED,
    advice: "Install a newer one beside it and name it: vsi-train setup --python PATH.",
  });
}

function withoutVenv(command: string, version: string): TrainError {
  return new TrainError("python-without-venv", {
    file: command,
    place: "its modules",
    got: `Python ${version} without ensurepip`,
    expected: "the modules venv and ensurepip",
    advice: "Install the system's package for them (Debian and Ubuntu: python3-venv), or use uv: vsi-train setup --uv.",
  });
}

const BACKEND_QUESTION =
  "import torch; print('cuda' if torch.version.cuda else 'rocm' if torch.version.hip else 'mps' if torch.backends.mps.is_built() else 'cpu')";

/** What torch was built for: "cuda", "rocm", "mps" or "cpu"; null when it cannot be asked. A GPU need not be there. */
export async function torchBackend(python: string): Promise<string | null> {
  const { exitCode, stdout } = await captureOutput([python, "-c", BACKEND_QUESTION]);
  return exitCode === 0 ? stdout.trim() : null;
}

/** Names a Python that has the packages already, instead of the environment that setup makes. */
const PYTHON_VARIABLE = "VSI_TRAINER_PYTHON";

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
