import { readdir } from "node:fs/promises";
import { join, relative } from "node:path";
import { hashFile } from "@vsi/dataset/node";

/** The hash of every file below a folder by its POSIX path, sorted: two folders are the same when these are. */
export async function folderContent(folder: string): Promise<Record<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const content: Record<string, string> = {};
  for (const path of paths.sort()) content[relative(folder, path).replaceAll("\\", "/")] = await hashFile(path);
  return content;
}
