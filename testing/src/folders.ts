import { createHash } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { afterAll } from "@jest/globals";

/** An empty folder, removed after the tests of the file or describe block that calls this. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "vsi-test-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Runs `use` with a new folder that holds `files` (path below the folder to content) and removes it afterwards. */
export async function withFolder<T>(
  files: Record<string, string | Uint8Array>,
  use: (folder: string) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "vsi-test-"));
  try {
    for (const [path, content] of Object.entries(files)) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), content);
    }
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** The SHA-256 of every file below a folder by its POSIX path, sorted: two folders are the same when these are. */
export async function folderContent(folder: string): Promise<Record<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const content: Record<string, string> = {};
  for (const path of paths.sort()) {
    const hash = createHash("sha256").update(await readFile(path));
    content[relative(folder, path).replaceAll("\\", "/")] = hash.digest("hex");
  }
  return content;
}
