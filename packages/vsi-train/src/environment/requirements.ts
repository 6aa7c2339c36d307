import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { fileError } from "@vsi/dataset/internal/node";
import { TrainError } from "../errors.ts";
import { captureOutput } from "../process/programOutput.ts";

/** The pinned Python packages that the worker was tested with. */
export const REQUIREMENTS_FILE = fileURLToPath(new URL("../../python/requirements.txt", import.meta.url));

/** One pinned Python package. */
export interface Requirement {
  /** As the file spells it, such as "torch". */
  name: string;
  /** The exact version, such as "2.13.0". */
  version: string;
}

/**
 * Reads a requirements file in which every version is pinned.
 *
 * @throws TrainError "requirements-syntax" with the line; DatasetError as in fileError.
 */
export async function readRequirements(path: string): Promise<Requirement[]> {
  const text = await readFile(path, "utf8").catch((error: unknown) => {
    throw fileError(error, path, "the pinned Python packages");
  });
  const requirements: Requirement[] = [];
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    const words = line.replace(/(^|\s)#.*$/, "").trim();
    if (words === "") continue;
    const [, name, version] = /^([A-Za-z0-9][\w.-]*)==([\w.!+-]+)$/.exec(words) ?? [];
    if (name === undefined || version === undefined) {
      throw new TrainError("requirements-syntax", {
        file: path,
        place: `line ${index + 1}`,
        got: JSON.stringify(words),
        expected: "a name and an exact version such as torch==2.13.0",
        advice: "The environment is keyed by exact versions: pin it.",
      });
    }
    requirements.push({ name, version });
  }
  return requirements;
}

const QUESTION = `
import importlib.metadata, json, platform
found = {d.metadata["Name"]: d.version for d in importlib.metadata.distributions()}
print(json.dumps({"python": platform.python_version(), "packages": found}))
`;

/** What a Python has. */
interface InstalledVersions {
  /** Such as "3.11.7". */
  python: string;
  /** Version by the package's normalised name, such as "huggingface-hub". */
  packages: Map<string, string>;
}

/** Asks a Python which packages it has. @throws TrainError "python-missing" when it does not answer. */
export async function installedVersions(python: string): Promise<InstalledVersions> {
  const { exitCode, stdout, stderr, failure } = await captureOutput([python, "-c", QUESTION]);
  const answer = exitCode === 0 ? readAnswer(stdout) : null;
  if (answer === null) {
    const reason = failure ?? stderr.trim().split("\n").at(-1) ?? "";
    throw new TrainError("python-missing", {
      file: python,
      place: "list of packages",
      got: reason === "" ? "no answer" : `the error "${reason}"`,
      expected: "a working Python",
      advice: pythonAdvice(python),
    });
  }
  const packages = Object.entries(answer.packages).map(([name, found]) => [normalise(name), found] as const);
  return { python: answer.python, packages: new Map(packages) };
}

/** Names a Python that already has the packages, instead of the environment from setup. */
export const PYTHON_VARIABLE = "VSI_TRAINER_PYTHON";

/** What to do about a Python that does not answer as the trainer's does. */
export function pythonAdvice(python: string, env: NodeJS.ProcessEnv = process.env): string {
  return env[PYTHON_VARIABLE] === python
    ? `${PYTHON_VARIABLE} names it. Correct it, or unset it and run vsi-train setup.`
    : "Rebuild the environment: vsi-train setup.";
}

/** null for a program that is not Python. */
function readAnswer(text: string): { python: string; packages: Record<string, string> } | null {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** A pinned package and what is installed of it; null when nothing is. */
export interface VersionDifference extends Requirement {
  found: string | null;
}

/** The pinned packages that are missing or have another version; a build suffix ("2.13.0+cpu") is ignored. */
export function versionDifferences(
  requirements: readonly Requirement[],
  { packages }: InstalledVersions,
): VersionDifference[] {
  return requirements.flatMap((requirement) => {
    const found = packages.get(normalise(requirement.name)) ?? null;
    return found?.replace(/\+.*/, "") === requirement.version.replace(/\+.*/, "") ? [] : [{ ...requirement, found }];
  });
}

/** As PyPI compares names (PEP 503). */
function normalise(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, "-");
}
