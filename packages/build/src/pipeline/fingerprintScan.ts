import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";

/**
 * Tells whether a scan's folder is still what it was when its result was kept: name, size and
 * modification time of every file in it. Stays in the working folder, never in the dataset.
 */
export async function fingerprintScan(folder: string): Promise<string> {
  const lines: string[] = [];
  // A folder that can't be listed is a scan without files; reading the scan says so.
  for (const name of (await readdir(folder).catch(() => [])).sort()) {
    // A dangling link is a file that is not there; reading the scan says so.
    const found = await stat(join(folder, name)).catch(() => null);
    if (found?.isFile()) lines.push(`${name}\t${found.size}\t${found.mtimeMs}`);
  }
  return lines.join("\n");
}
