import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "@jest/globals";
import { UsageError } from "../../src/errors.ts";
import { clearOldLock } from "../../src/output/oldLock.ts";

const folder = mkdtempSync(join(tmpdir(), "vsi-old-lock-"));
afterAll(() => rmSync(folder, { recursive: true }));
let made = 0;

function lockWith(text: string): string {
  made += 1;
  const path = join(folder, `run-${made}.lock`);
  writeFileSync(path, text);
  return path;
}

const dead = spawnSync(process.execPath, ["-e", ""]).pid;

describe("clearOldLock", () => {
  test("removes the lock of a dead process of this machine, and one with this process's own number", () => {
    for (const pid of [dead, process.pid]) {
      const path = lockWith(`${pid} ${hostname()}\n`);
      clearOldLock(path);
      expect(existsSync(path)).toBe(false);
    }
    expect(() => clearOldLock(join(folder, "nothing.lock"))).not.toThrow();
  });

  test("names the lock of a process that lives, and of another machine", async () => {
    const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]);
    await once(child, "spawn");
    const alive = lockWith(`${child.pid} ${hostname()}\n`);
    expect(() => clearOldLock(alive)).toThrow(UsageError);
    expect(() => clearOldLock(alive)).toThrow(`process ${child.pid} on ${hostname()}`);
    child.kill("SIGKILL");
    await once(child, "exit");
    const elsewhere = lockWith(`${dead} elsewhere.example\n`);
    expect(() => clearOldLock(elsewhere)).toThrow("remove the lock");
    expect(existsSync(elsewhere)).toBe(true);
  });

  test.each([["# a lock file of poetry\n"], [""], [`${dead} ${hostname()}`], ["12 a b\n"]])(
    "a file that is no lock of ours stays and keeps nobody out: %j",
    (text) => {
      const path = lockWith(text);
      clearOldLock(path);
      expect(readFileSync(path, "utf8")).toBe(text);
    },
  );

  test("a link to a lock is not followed", () => {
    const target = lockWith(`${dead} ${hostname()}\n`);
    const link = join(folder, "link.lock");
    symlinkSync(target, link);
    clearOldLock(link);
    expect(existsSync(link)).toBe(true);
    expect(existsSync(target)).toBe(true);
  });
});
