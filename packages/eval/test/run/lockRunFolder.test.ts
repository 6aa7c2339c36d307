import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { lockRunFolder } from "../../src/run/lockRunFolder.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

describe("lockRunFolder", () => {
  const folder = temporaryFolder();
  let made = 0;

  function outWith(lock: string | null): string {
    made += 1;
    const out = join(folder(), `out-${made}`);
    if (lock === null) return out;
    mkdirSync(out);
    writeFileSync(join(out, "run.lock"), lock);
    return out;
  }

  test("makes the folder, keeps a second one out, and leaves nothing behind", () => {
    const out = outWith(null);
    const unlock = lockRunFolder(out);
    expect(() => lockRunFolder(out)).toThrow(`process ${process.pid} on ${hostname()} is at work in it`);
    unlock();
    expect(readdirSync(out)).toEqual([]);
    lockRunFolder(out)();
  });

  test("a living process keeps its lock; the same process's lock is nobody's once it is dead", async () => {
    const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]);
    await once(child, "spawn");
    const out = outWith(`${child.pid} ${hostname()}\n`);
    expect(() => lockRunFolder(out)).toThrow(`Should it be dead, remove ${join(out, "run.lock")}.`);
    child.kill("SIGKILL");
    await once(child, "exit");
    const unlock = lockRunFolder(out);
    expect(readFileSync(join(out, "run.lock"), "utf8")).toBe(`${process.pid} ${hostname()}\n`);
    expect(readdirSync(out)).toEqual(["run.lock"]);
    unlock();
  });

  test("the number of this process, taken by one before it, as a restarted container's", () => {
    const out = outWith(`${process.pid} ${hostname()}\n`);
    lockRunFolder(out)();
    expect(existsSync(join(out, "run.lock"))).toBe(false);
  });

  const dead = spawnSync(process.execPath, ["-e", ""]).pid;
  test.each([
    ["of another machine, where nobody can look", `${dead} elsewhere.example\n`],
    ["that is just being written", ""],
  ])("a lock %s stays", (_, text) => {
    const out = outWith(text);
    expect(() => lockRunFolder(out)).toThrow("expected no other vsi-eval run there");
    expect(readFileSync(join(out, "run.lock"), "utf8")).toBe(text);
  });

  test("a file in the folder's place is named", () => {
    made += 1;
    const out = join(folder(), `out-${made}`);
    writeFileSync(out, "");
    expect(() => lockRunFolder(out)).toThrow(expect.objectContaining({ name: "DatasetError" }));
  });
});
