import { formatBytes } from "../environment/formatBytes.ts";
import { freeSpace } from "../environment/freeSpace.ts";
import type { Finding } from "./finding.ts";

/**
 * A 2B model in 16 bits is 4.4 GB, and a run keeps some checkpoints of its adapter: with less than this left, the download
 * or a checkpoint may fail in the middle.
 */
export const ENOUGH_BYTES = 10e9;

/** The space left where runs are written. */
export async function checkDisk(folder: string): Promise<Finding> {
  const free = await freeSpace(folder);
  if (free === null) return { what: "disk", state: "note", found: `unknown (${folder})`, advice: null };
  const found = `${formatBytes(free)} free (${folder})`;
  if (free >= ENOUGH_BYTES) return { what: "disk", state: "fine", found, advice: null };
  return {
    what: "disk",
    state: "note",
    found,
    advice: `a 2B model and its run want about ${formatBytes(ENOUGH_BYTES)}`,
  };
}
