import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { fileError } from "@vsi/dataset/node";

/** What the dataset was made from; in the dataset folder. */
export const MANIFEST_FILE = "manifest.json";

/** Scans and candidates that were left out; in the dataset folder. */
export const REJECTS_FILE = "rejects.jsonl";

/** A scene's facts, relative to the dataset folder. */
export function sceneFile(sceneName: string): string {
  return `scenes/${sceneName}.json`;
}

/** A split's questions, relative to the dataset folder. */
export function splitFile(split: string): string {
  return `data/${split}.jsonl`;
}

/** The split of a file of questions; null for any other path. */
export function splitOfFile(path: string): string | null {
  return /^data\/([^/]+)\.jsonl$/.exec(path)?.[1] ?? null;
}

/**
 * POSIX paths of everything below a dataset folder that is no folder, sorted by code units.
 *
 * @throws DatasetError as in fileError.
 */
export async function listDatasetFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch((error: unknown) => {
    throw fileError(error, folder, "a dataset folder to read");
  });
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(join(folder, "x").length - 1)
        .replaceAll("\\", "/"),
    )
    .sort();
}
