import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A folder for what several suites need and one makes (testing/src/madeOnce.ts), removed when this run of Jest ends. */
export default function setUp() {
  const folder = mkdtempSync(join(tmpdir(), "vsi-jest-"));
  process.env.VSI_TEST_SHARED = folder;
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
}
