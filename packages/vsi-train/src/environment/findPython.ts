import { at } from "@vsi/dataset/internal";
import { TrainError } from "../errors.ts";
import { captureOutput } from "../process/programOutput.ts";

/** The oldest Python the pinned packages run on: transformers 5 and trl 1 ask for it. */
export const OLDEST_PYTHON = [3, 10] as const;

/** A Python that an environment can be made with. */
export interface FoundPython {
  /** As it was started: a name or a path. */
  command: string;
  /** Such as "3.11.7". */
  version: string;
}

/** Common names, tried in turn. */
const NAMES = ["python3", "python"];

/** Debian and Ubuntu move ensurepip from python3 to python3-venv. */
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
    if (!/^\d+\.\d+/.test(version))
      refused.push(notPython(command, failure ?? stderr.trim().split("\n").at(-1) ?? "", asked));
    else if (!isNewEnough(version)) refused.push(tooOld(command, version));
    else if (needs.venv && ensurepip !== "True") refused.push(withoutVenv(command, version));
    else return { command, version };
  }
  // An unsuitable Python is more informative than a missing one.
  throw refused.find(({ code }) => code !== "python-missing") ?? at(refused, 0);
}

/** Whether a version such as "3.11.7" is at least OLDEST_PYTHON. */
export function isNewEnough(version: string): boolean {
  const [major = 0, minor = 0] = version.split(".").map((part) => Number.parseInt(part, 10));
  return major > OLDEST_PYTHON[0] || (major === OLDEST_PYTHON[0] && minor >= OLDEST_PYTHON[1]);
}

const EXPECTED = `Python ${OLDEST_PYTHON.join(".")} or newer`;

function notPython(command: string, reason: string, asked: string | null): TrainError {
  return new TrainError("python-missing", {
    file: command,
    place: "file",
    got: gotInWords(reason),
    expected: EXPECTED,
    advice:
      asked === null
        ? "Install Python, or name one: vsi-train setup --python PATH."
        : "Name another: vsi-train setup --python PATH. Without --python, python3 on the PATH is used.",
  });
}

function gotInWords(reason: string): string {
  if (/\bENOENT\b/.test(reason)) return "no such program";
  if (/\bEACCES\b/.test(reason)) return "a folder, or a file that may not be run";
  return reason === "" ? "no version" : `the error "${reason}"`;
}

function tooOld(command: string, version: string): TrainError {
  return new TrainError("python-too-old", {
    file: command,
    place: "version",
    got: `Python ${version}`,
    expected: EXPECTED,
    advice: "Install a newer one beside it and name it: vsi-train setup --python PATH.",
  });
}

function withoutVenv(command: string, version: string): TrainError {
  return new TrainError("python-without-venv", {
    file: command,
    place: "modules",
    got: `Python ${version} without ensurepip`,
    expected: "the modules venv and ensurepip",
    advice: "Install the system's package for them (Debian and Ubuntu: python3-venv), or use uv: vsi-train setup --uv.",
  });
}
