import { createHash } from "node:crypto";
import { access, lstat, readdir, readFile, statfs } from "node:fs/promises";
import { homedir } from "node:os";
import { dirname, isAbsolute, join } from "node:path";
import { fileURLToPath } from "node:url";
import { fileError, writeFileAtomically } from "@vsi/dataset/node";
import { TrainError } from "../errors.ts";
import { captureOutput } from "./commands.ts";
import { PYTHON_FOLDER } from "./workerPackage.ts";

/** Written last: a folder without it was not finished. */
export const FINISHED_MARKER_FILE = "vsi-train.json";

/** What setup says of an environment it finished. */
export interface FinishedMarker {
  schema: "vsi-train-environment/1";
  /** Version by name of the pinned packages as installed, and of Python. */
  versions: Record<string, string>;
  /** The sha256 of the worker's package as installed; absent when none is. */
  worker?: string;
  /** Size of all files. */
  bytes: number;
  /** How long making it took. */
  seconds: number;
}

/** Marks an environment as finished. @throws DatasetError as in fileError. */
export async function writeFinishedMarker(folder: string, marker: FinishedMarker): Promise<void> {
  await writeFileAtomically(join(folder, FINISHED_MARKER_FILE), `${JSON.stringify(marker, null, 2)}\n`);
}

/** The marker of a finished environment; null for one that is missing, half made, or whose Python was removed since. */
export async function readFinishedMarker(folder: string): Promise<FinishedMarker | null> {
  try {
    const marker = JSON.parse(await readFile(join(folder, FINISHED_MARKER_FILE), "utf8")) as FinishedMarker;
    // A virtual environment links to the system's Python: an upgrade there can leave it without one.
    await access(environmentPython(folder));
    return marker.schema === "vsi-train-environment/1" ? marker : null;
  } catch {
    return null;
  }
}

/** Which of torch's builds an environment is for. */
export type Device = "cpu" | "gpu";

/** 12 of 64 hex digits: no two sets of versions a user will ever have meet, and the path stays short. */
const KEY_LENGTH = 12;

/** Where the environment of these packages and this device is, so that other versions never touch it. */
export function environmentFolder(cache: string, requirements: readonly Requirement[], device: Device): string {
  const pinned = requirements.map(({ name, version }) => `${name}==${version}\n`).sort();
  const key = createHash("sha256").update(device).update("\n").update(pinned.join("")).digest("hex");
  return join(cache, `${device}-${key.slice(0, KEY_LENGTH)}`);
}

/** The Python inside of a virtual environment. */
export function environmentPython(folder: string, platform: NodeJS.Platform = process.platform): string {
  return platform === "win32" ? join(folder, "Scripts", "python.exe") : join(folder, "bin", "python");
}

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

/** The bytes of all files below a folder; links count as links. @throws the file system's error. */
export async function folderSize(folder: string): Promise<number> {
  let bytes = 0;
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    bytes += entry.isDirectory() ? await folderSize(path) : (await lstat(path)).size;
  }
  return bytes;
}

/** The decimal units that disks are sold in. */
const UNITS = ["kB", "MB", "GB", "TB"];

/** "1.5 GB", "23 MB": two digits are enough to decide by. */
export function formatBytes(bytes: number): string {
  let value = bytes / 1000;
  let unit = 0;
  while (value >= 999.5 && unit < UNITS.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${value < 9.95 ? value.toFixed(1) : Math.round(value)} ${UNITS[unit]}`;
}

/** The bytes that this user may still write on the disk of a path, which need not exist yet; null when no parent can be asked. */
export async function freeSpace(path: string): Promise<number | null> {
  try {
    const { bavail, bsize } = await statfs(path);
    return bavail * bsize;
  } catch {
    const parent = dirname(path);
    return parent === path ? null : freeSpace(parent);
  }
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
      place: "asking for its packages",
      got: reason === "" ? "no answer" : `the error "${reason}"`,
      expected: "a working Python",
      advice: "Make the environment again: vsi-train setup.",
    });
  }
  const packages = Object.entries(answer.packages).map(([name, found]) => [normalise(name), found] as const);
  return { python: answer.python, packages: new Map(packages) };
}

/** null for a program that is no Python and says something else. */
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

/** The pinned packages that are missing or of another version; a build's own mark ("2.13.0+cpu") makes no difference. */
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

/** What decides where a user's cache is. */
export interface CacheSystem {
  platform: NodeJS.Platform;
  env: NodeJS.ProcessEnv;
  home: string;
}

/** The machine this runs on. */
export function thisSystem(): CacheSystem {
  return { platform: process.platform, env: process.env, home: homedir() };
}

/**
 * The user's cache folder for a program: XDG_CACHE_HOME where it is set (the XDG Base Directory Specification: a relative one
 * is ignored), else ~/.cache, on macOS ~/Library/Caches, on Windows %LOCALAPPDATA%.
 */
export function cacheFolder(program: string, { platform, env, home }: CacheSystem = thisSystem()): string {
  const asked = env.XDG_CACHE_HOME;
  if (asked !== undefined && isAbsolute(asked)) return join(asked, program);
  if (platform === "darwin") return join(home, "Library", "Caches", program);
  if (platform === "win32") return join(env.LOCALAPPDATA ?? join(home, "AppData", "Local"), program);
  return join(home, ".cache", program);
}

/** What makes a virtual environment and installs into it. */
export type Installer = "pip" | "uv";

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

/** Where `vsi-train` keeps what it can make again. */
const TRAINER_CACHE = cacheFolder("vsi-train");

export const DEFAULT_SETUP_OPTIONS: SetupOptions = {
  device: "gpu",
  installer: "pip",
  python: null,
  requirements: REQUIREMENTS_FILE,
  worker: PYTHON_FOLDER,
  cache: TRAINER_CACHE,
};
