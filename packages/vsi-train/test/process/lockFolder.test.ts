import { access, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { temporaryFolder } from "@vsi/testing/folders";
import { captureOutput } from "../../src/process/captureOutput.ts";
import { lockFolder } from "../../src/process/lockFolder.ts";

const FOLDER = temporaryFolder();

describe("lockFolder", () => {
  test("lets one in at a time, also into a folder whose parent is not there yet", async () => {
    const folder = join(FOLDER, "new", "one");
    const unlock = lockFolder(folder);
    expect(() => lockFolder(folder)).toThrow(
      expect.objectContaining({ code: "folder-locked", message: expect.stringContaining(`process ${process.pid}`) }),
    );
    unlock();
    lockFolder(folder)();
    await expect(access(`${folder}.lock`)).rejects.toThrow();
  });

  test("the lock of a process that is gone keeps nobody out", async () => {
    const folder = join(FOLDER, "gone");
    const { stdout } = await captureOutput([process.execPath, "-p", "process.pid"]);
    await writeFile(`${folder}.lock`, `${stdout.trim()} ${hostname()}\n`);
    lockFolder(folder)();
  });

  test("a lock that another process is just writing keeps its folder, and is named", async () => {
    const folder = join(FOLDER, "new");
    await writeFile(`${folder}.lock`, "");
    expect(() => lockFolder(folder)).toThrow(`${folder}.lock`);
  });
});
