import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { fileError } from "@vsi/dataset/node";
import { TrainError } from "../trainError.ts";

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
