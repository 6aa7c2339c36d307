import { execFileSync } from "node:child_process";
import type { FileHandle } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { withFolder } from "@vsi/testing/folders";
import { openScanFile, toFileError } from "../../src/node/files.ts";
import { thrownError } from "../support/thrownError.ts";

describe("openScanFile", () => {
  test("hands over the size, and closes the file when reading fails", async () => {
    await withFolder({ file: "abc" }, async (folder) => {
      let used: FileHandle | undefined;
      const bug = new TypeError("a mistake in the program is not a bad file");
      const opened = openScanFile(join(folder, "file"), "file", async (handle, size) => {
        used = handle;
        expect(size).toBe(3);
        throw bug;
      });
      await expect(opened).rejects.toBe(bug);
      expect(used?.fd).toBe(-1);
    });
  });

  test("turns the system's errors while reading into ones that name the file", async () => {
    await withFolder({ file: "abc" }, async (folder) => {
      const full = Object.assign(new Error("too many\nopen files"), { code: "EMFILE" });
      const error = await thrownError(() =>
        openScanFile(join(folder, "file"), "scan/file", async () => {
          throw full;
        }),
      );
      expect(error?.code).toBe("file-unreadable");
      expect(error?.message).toMatch(/^scan\/file: got too many open files.*ulimit/);
    });
  });

  test("regression: the folders of the machine stood in rejects.jsonl, by Node's own message", async () => {
    await withFolder({}, async (folder) => {
      const denied = Object.assign(new Error(`EACCES: permission denied, open '${folder}/file'`), { code: "EACCES" });
      expect((toFileError(denied, "scan/file") as Error).message).toBe(
        "scan/file: got no permission, expected a readable file. Give yourself read permission (chmod u+r).",
      );
      const odd = Object.assign(new Error(`EIO: i/o error, read '${folder}/file'`), { code: "EIO" });
      expect((toFileError(odd, "scan/file") as Error).message).not.toContain(folder);
    });
  });

  (process.platform === "win32" ? test.skip : test)("refuses a pipe instead of waiting for it", async () => {
    await withFolder({ file: "" }, async (folder) => {
      execFileSync("mkfifo", [join(folder, "pipe")]);
      const error = await thrownError(() => openScanFile(join(folder, "pipe"), "pipe", async () => null));
      expect(error?.code).toBe("file-unreadable");
    });
  });
});
