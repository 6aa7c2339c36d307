import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll } from "@jest/globals";

/** A fresh folder for the tests of the describe block that calls this, removed after them; ask for it inside of tests and hooks. */
export function temporaryFolder(): () => string {
  let folder = "";
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "vsi-build-"));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));
  return () => folder;
}
