import { access, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { lockFolder } from "../../src/environment/lockFolder.ts";
import { captureOutput } from "../../src/process/captureOutput.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

const FOLDER = temporaryFolder();

describe("lockFolder", () => {
  test("lets one in at a time", async () => {
    const folder = join(FOLDER, "one");
    const unlock = await lockFolder(folder);
    await expect(lockFolder(folder)).rejects.toMatchObject({
      code: "setup-running",
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
