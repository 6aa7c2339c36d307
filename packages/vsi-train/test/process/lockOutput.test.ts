import { existsSync } from "node:fs";
import { access, mkdir, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { LOCK_FILE } from "@vsi/command/internal";
import { temporaryFolder } from "@vsi/testing/folders";
import { lockOutput } from "../../src/process/lockOutput.ts";
import { captureOutput } from "../../src/process/programOutput.ts";

const FOLDER = temporaryFolder();

describe("lockOutput", () => {
  test("lets one in at a time, also into a folder whose parent is not there yet", async () => {
    const folder = join(FOLDER, "new", "one");
    const lock = lockOutput(folder, "vsi-train grpo");
    expect(() => lockOutput(folder, "vsi-train sft")).toThrow(`vsi-train grpo, process ${process.pid} on `);
    lock.release();
    lockOutput(folder, "vsi-train sft").release();
    await expect(access(join(folder, LOCK_FILE))).rejects.toThrow();
  });

  test("regression: a command that failed left the empty folder that it had made", async () => {
    const [empty, filled] = [join(FOLDER, "empty"), join(FOLDER, "filled")];
    lockOutput(empty, "vsi-train grpo").release();
    const lock = lockOutput(filled, "vsi-train grpo");
    await writeFile(join(filled, "model"), "");
    lock.release();
    expect([existsSync(empty), existsSync(filled)]).toEqual([false, true]);
    await mkdir(empty);
    lockOutput(empty, "vsi-train grpo").release();
    expect(existsSync(empty)).toBe(true);
  });

  test("the lock of a process of 0.1 that is gone keeps nobody out", async () => {
    const folder = join(FOLDER, "gone");
    const { stdout } = await captureOutput([process.execPath, "-p", "process.pid"]);
    await writeFile(`${folder}.lock`, `${stdout.trim()} ${hostname()}\n`);
    lockOutput(folder, "vsi-train grpo").release();
    await expect(access(`${folder}.lock`)).rejects.toThrow();
  });

  test("a lock of 0.1 of another machine keeps its folder, and is named", async () => {
    const folder = join(FOLDER, "elsewhere");
    await writeFile(`${folder}.lock`, "1 elsewhere.example\n");
    expect(() => lockOutput(folder, "vsi-train grpo")).toThrow(`${folder}.lock`);
  });

  test("a file of somebody else beside the folder, such as poetry.lock, stays and keeps nobody out", async () => {
    const folder = join(FOLDER, "poetry");
    await writeFile(`${folder}.lock`, "[[package]]\n");
    lockOutput(folder, "vsi-train grpo").release();
    await access(`${folder}.lock`);
  });
});
