import { access, readFile } from "node:fs/promises";
import { join } from "node:path";
import { writeFileAtomically } from "@vsi/dataset/node";
import { environmentPython } from "./environmentFolder.ts";

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
