/** What a file is called until it is complete. */
export const PARTIAL_SUFFIX = ".partial";

/**
 * The name under which `path` is written before it is complete: in the same folder, so that renaming is one step on one
 * disk, and always the same, so that what a killed process left is overwritten by the next and never piles up.
 */
export function partialPath(path: string): string {
  return path + PARTIAL_SUFFIX;
}
