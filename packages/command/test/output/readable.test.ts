import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "@jest/globals";
import { lockFolder } from "../../src/output/lock.ts";
import { checkReadable } from "../../src/output/readable.ts";

const folder = mkdtempSync(join(tmpdir(), "vsi-readable-"));
afterAll(() => rmSync(folder, { recursive: true }));

describe("checkReadable", () => {
  test("a dataset, a file and nothing at all pass; so does one beside whose files a build is at work", async () => {
    mkdirSync(join(folder, "data", ".vsi-build"), { recursive: true });
    writeFileSync(join(folder, "file"), "");
    for (const name of ["data", "file", "nothing"]) await checkReadable(join(folder, name));
  });

  test("a dataset in the middle of its replacement is refused, with who does it or what finishes it", async () => {
    const path = join(folder, "half");
    mkdirSync(join(path, ".vsi-build"), { recursive: true });
    writeFileSync(join(path, ".vsi-build", "publishing.json"), "{}");
    await expect(checkReadable(path)).rejects.toThrow("Run the command that wrote it again");
    const lock = lockFolder(path, "vsi-build");
    await expect(checkReadable(path)).rejects.toThrow(`is being replaced by vsi-build, process ${process.pid} on `);
    lock.release();
  });
});
