import { access, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { captureOutput } from "../../src/process/captureOutput.ts";
import { lockFolder } from "../../src/process/lockFolder.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

const FOLDER = temporaryFolder();

describe("lockFolder", () => {
  test("lets one in at a time, also into a folder whose parent is not there yet", async () => {
    const folder = join(FOLDER, "new", "one");
    const unlock = await lockFolder(folder);
    await expect(lockFolder(folder)).rejects.toMatchObject({
      code: "folder-locked",
      message: expect.stringContaining(`process ${process.pid}`),
    });
    await unlock();
    await (await lockFolder(folder))();
    await expect(access(`${folder}.lock`)).rejects.toThrow();
  });

  test.each(["of a process that is gone", "cut"])("a lock %s keeps nobody out", async (kind) => {
    const folder = join(FOLDER, kind);
    const { stdout } = await captureOutput([process.execPath, "-p", "process.pid"]);
    await writeFile(`${folder}.lock`, kind === "cut" ? "" : stdout);
    await (await lockFolder(folder))();
  });
});
