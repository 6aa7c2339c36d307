import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { fileError } from "@vsi/dataset/internal/node";

/** The name that pip knows the worker by. */
export const WORKER_DISTRIBUTION = "vsi-trainer";

/**
 * The folder of the Python package vsi-trainer (its pyproject.toml and the module vsi_trainer): the worker's
 * PYTHONPATH.
 */
export const PYTHON_FOLDER = fileURLToPath(new URL("../../python", import.meta.url));

/** The Python worker as a package that can be installed. */
export interface WorkerPackage {
  /** The folder with its pyproject.toml. */
  source: string;
  version: string;
  /** A hash of all installed paths and contents, so that a changed worker of the same version is noticed. */
  sha256: string;
}

/** Leftovers of tests, builds and interpreters that no installation needs. */
const LEFT_OUT = /^(__pycache__|tests|build|\..*|.*\.egg-info)$/;

/** Reads which worker a folder holds. @throws DatasetError as in fileError. */
export async function readWorkerPackage(source: string): Promise<WorkerPackage> {
  try {
    const [, version = ""] =
      /^version = "([^"]+)"$/m.exec(await readFile(join(source, "pyproject.toml"), "utf8")) ?? [];
    const hash = createHash("sha256");
    for (const path of await filesOf(source)) {
      const content = createHash("sha256").update(await readFile(path));
      hash.update(`${content.digest("hex")}  ${relative(source, path).split(sep).join("/")}\n`);
    }
    return { source, version, sha256: hash.digest("hex") };
  } catch (error) {
    throw fileError(error, source, "the Python worker's package");
  }
}

/**
 * Copies what is installed, writable. setuptools builds inside of the folder it is given: ours may be read-only (a
 * global npm installation), and what an earlier build left there would be installed again.
 */
export async function copyWorkerPackage({ source }: WorkerPackage, target: string): Promise<void> {
  for (const path of await filesOf(source)) {
    const copy = join(target, relative(source, path));
    await mkdir(dirname(copy), { recursive: true });
    await writeFile(copy, await readFile(path));
  }
}

/** Sorted by path. */
async function filesOf(folder: string): Promise<string[]> {
  const files: string[] = [];
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (LEFT_OUT.test(entry.name)) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) files.push(...(await filesOf(path)));
    else files.push(path);
  }
  return files.sort();
}
