import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "@jest/globals";
import { DatasetError } from "@vsi/dataset/node";
import { UsageError } from "../src/errors.ts";
import { holdLock, takeLock } from "../src/lock.ts";

const folder = mkdtempSync(join(tmpdir(), "vsi-lock-"));
afterAll(() => rmSync(folder, { recursive: true }));

describe("takeLock", () => {
  test("is held until it is unlocked, and says by whom", () => {
    const path = join(folder, "own");
    const { unlock } = takeLock(path);
    expect(takeLock(path)).toEqual({ owner: `process ${process.pid} on ${hostname()}` });
    unlock?.();
    expect(existsSync(path)).toBe(false);
    expect(takeLock(path).unlock).toBeDefined();
  });

  test("what a dead process of this machine left behind locks nobody out", async () => {
    const path = join(folder, "dead");
    const child = spawn(process.execPath, ["-e", ""]);
    await new Promise((resolve) => child.once("close", resolve));
    writeFileSync(path, `${child.pid} ${hostname()}\n`);
    expect(takeLock(path).unlock).toBeDefined();
    expect(readFileSync(path, "utf8")).toBe(`${process.pid} ${hostname()}\n`);
  });

  test("another machine's lock counts as held: whether its process lives can't be told", () => {
    const path = join(folder, "elsewhere");
    writeFileSync(path, "12 elsewhere.invalid\n");
    expect(takeLock(path)).toEqual({ owner: "process 12 on elsewhere.invalid" });
  });
});

describe("holdLock", () => {
  const refuse = (owner: string) => new UsageError(`--out: ${owner} is at work in it.`);

  test("makes the folder, and refuses in the caller's words", () => {
    const path = join(folder, "new", "run", ".lock");
    const unlock = holdLock(path, { file: "run", expected: "a folder to write to", refuse });
    expect(() => holdLock(path, { file: "run", expected: "a folder to write to", refuse })).toThrow(UsageError);
    unlock();
    expect(existsSync(path)).toBe(false);
  });

  test("where it can't be written the error names what the caller calls it", () => {
    writeFileSync(join(folder, "file"), "");
    const path = join(folder, "file", "run", ".lock");
    const hold = () => holdLock(path, { file: "run", expected: "a folder to write to", refuse });
    expect(hold).toThrow(DatasetError);
    expect(hold).toThrow(/^run: /);
  });
});
