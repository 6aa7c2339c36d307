import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "@jest/globals";

/** An empty folder that is removed after the test file's last test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "vsi-train-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
