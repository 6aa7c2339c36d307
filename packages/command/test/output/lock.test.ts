import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { lockFolder, lockHolder } from "../../src/output/lock.ts";
import { LOCK_FILE } from "../../src/output/ownership.ts";

let folder: string;
let lockPath: string;
const children: ChildProcess[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "vsi-lock-"));
  lockPath = join(folder, LOCK_FILE);
});

afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
  rmSync(folder, { recursive: true, force: true });
});

/** A lock as `lockFolder` writes it, with another process in it. */
function writeLock(fields: Record<string, unknown>): void {
  const { release } = lockFolder(folder, "vsi-build");
  const record = JSON.parse(readFileSync(lockPath, "utf8")) as Record<string, unknown>;
  release();
  writeFileSync(lockPath, `${JSON.stringify({ ...record, ...fields })}\n`);
}

/** A process that lives until it is killed, and when it started as the system counts it. */
async function startProcess(): Promise<{ pid: number; started: string; child: ChildProcess }> {
  const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000); console.log('up')"], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  children.push(child);
  await new Promise((resolve) => child.stdout?.once("data", resolve));
  const stat = readFileSync(`/proc/${child.pid}/stat`, "utf8");
  return { child, pid: child.pid as number, started: stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] as string };
}

describe("lockFolder", () => {
  test("gives the folder to one, who gives it free; no other file stays", () => {
    const { release } = lockFolder(folder, "vsi-build");
    expect(readdirSync(folder)).toEqual([LOCK_FILE]);
    expect(() => lockFolder(folder, "vsi-eval")).toThrow(
      new RegExp(`vsi-build, process ${process.pid} on ${hostname()}, since \\d{4}-.*is using it`),
    );
    release();
    expect(readdirSync(folder)).toEqual([]);
    lockFolder(folder, "vsi-eval").release();
    expect(readdirSync(folder)).toEqual([]);
  });

  test("a lock of a killed process is taken over at once", async () => {
    const { child, pid, started } = await startProcess();
    writeLock({ pid, started });
    expect(() => lockFolder(folder, "vsi-build")).toThrow(`process ${pid}`);
    const ended = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGKILL");
    await ended;
    lockFolder(folder, "vsi-build").release();
  });

  test("a lock of a stopped process is never taken over, however long it was not touched", async () => {
    const { child, pid, started } = await startProcess();
    writeLock({ pid, started });
    child.kill("SIGSTOP");
    utimesSync(lockPath, new Date(0), new Date(0));
    expect(() => lockFolder(folder, "vsi-build")).toThrow(`process ${pid}`);
    expect(lockHolder(folder)).toContain(`process ${pid}`);
  });

  test("a number that another process got after the owner's death locks nobody out", async () => {
    const { pid, started } = await startProcess();
    writeLock({ pid, started: String(Number(started) - 1) });
    lockFolder(folder, "vsi-build").release();
  });

  test.each([
    ["another host", { host: "node17" }],
    ["another boot", { boot: "11111111-2222-3333-4444-555555555555" }],
    ["another container of this host", { namespace: "pid:[4026531999]" }],
  ])("a lock of %s holds until it was not touched for a minute", (_, fields) => {
    writeLock(fields);
    const ago = (seconds: number): void => {
      const then = new Date(Date.now() - seconds * 1000);
      utimesSync(lockPath, then, then);
    };
    ago(50);
    expect(() => lockFolder(folder, "vsi-build")).toThrow("is using it");
    ago(70);
    lockFolder(folder, "vsi-build").release();
  });

  test.each(["", "{", "null", "[]", "12 host\n", '{"schema":"vsi-lock/1","pid":"1"}', "\u0000\u001b[2J"])(
    "a lock that is no lock's text (%j) holds for a minute as another host's does, and nothing of it is printed",
    (text) => {
      writeFileSync(lockPath, text);
      expect(() => lockFolder(folder, "vsi-build")).toThrow("another command is using it");
      utimesSync(lockPath, new Date(0), new Date(0));
      lockFolder(folder, "vsi-build").release();
    },
  );

  test("no escape sequence of a lock reaches the message", () => {
    writeLock({ host: "\u001b[2Jhost", command: "\u0007", since: "\u009b" });
    expect(() => lockFolder(folder, "vsi-build")).toThrow(/^[\x20-\x7e]*$/);
  });

  test("regression: a lock whose command is an object with a toString of its own ended in a TypeError", () => {
    writeLock({ host: "elsewhere", command: { toString: 1 } });
    expect(() => lockFolder(folder, "vsi-build")).toThrow('{"toString":1}, process');
  });

  test("that is a pipe or a folder is refused, not waited for", () => {
    execFileSync("mkfifo", [lockPath]);
    expect(() => lockFolder(folder, "vsi-build")).toThrow("is not a file, expected a lock file or nothing");
    expect(lockHolder(folder)).toBeNull();
    rmSync(lockPath);
    mkdirSync(lockPath);
    expect(() => lockFolder(folder, "vsi-build")).toThrow("is not a file, expected a lock file or nothing");
  });

  test("leaves nothing of a process that was killed while it took one", async () => {
    const { pid, started, child } = await startProcess();
    writeLock({ pid, started });
    renameSync(lockPath, `${lockPath}.${pid}-1`);
    lockFolder(folder, "vsi-build").release();
    expect(readdirSync(folder)).toEqual([`${LOCK_FILE}.${pid}-1`]);
    const gone = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGKILL");
    await gone;
    lockFolder(folder, "vsi-build").release();
    expect(readdirSync(folder)).toEqual([]);
  });

  test("of 8 processes that find one dead lock, exactly one gets it", async () => {
    writeLock({ pid: 2 ** 22 + 1, started: "1" });
    const script = `
      const { lockFolder } = await import(${JSON.stringify(new URL("../../dist/output/lock.js", import.meta.url).href)});
      const start = Number(process.argv[1]);
      while (Date.now() < start);
      try { lockFolder(${JSON.stringify(folder)}, "vsi-build"); console.log("got"); setInterval(() => {}, 1000); }
      catch { console.log("refused"); }`;
    const start = String(Date.now() + 2000);
    const words = await Promise.all(
      Array.from({ length: 8 }, () => {
        const child = spawn(process.execPath, ["--input-type=module", "-e", script, start], {
          stdio: ["ignore", "pipe", "inherit"],
        });
        children.push(child);
        return new Promise<string>((resolve) => child.stdout.once("data", (data) => resolve(String(data).trim())));
      }),
    );
    expect(words.sort()).toEqual(["got", ...Array.from({ length: 7 }, () => "refused")]);
  });
});
