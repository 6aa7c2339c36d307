import { mkdtempSync, rmSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "@jest/globals";

/** An empty folder that is removed after the test file's last test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "vsi-train-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

const made: string[] = [];

/** An empty folder for one test, there until removeNewFolders. */
export async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "vsi-trainer-"));
  made.push(folder);
  return folder;
}

/** Removes the folders of the test file's tests: a checkpoint is some 10 MB. */
export async function removeNewFolders(): Promise<void> {
  await Promise.all(made.splice(0).map((folder) => rm(folder, { recursive: true, force: true })));
}
