/**
 * Loaded before a command (`node --import inject.js`): counts its changing file operations below a folder, and at one
 * of them kills the process or lets the disk be full from there on. A worker thread loads it too and goes on counting.
 *
 * FAULT_FOLDER: absolute path of the folder. FAULT_COUNT: a file outside of it that counts, one byte an operation.
 * FAULT_AT: the operation, from 0; none to only count. FAULT_MODE: "kill", "full", "term" or "int".
 */
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { resolve, sep } from "node:path";

const folder = process.env.FAULT_FOLDER ?? "";
const counter = process.env.FAULT_COUNT ?? "";
const at = Number(process.env.FAULT_AT ?? "-1");
const mode = process.env.FAULT_MODE ?? "kill";

const original = {
  appendFileSync: fs.appendFileSync,
  statSync: fs.statSync,
  openSync: fs.openSync,
  closeSync: fs.closeSync,
};

/** Files below the folder that are open for writing, by descriptor. */
const writing = new Set<number>();

function isBelow(path: unknown): boolean {
  if (typeof path !== "string" && !(path instanceof URL) && !Buffer.isBuffer(path)) return false;
  const whole = resolve(path instanceof URL ? path.pathname : String(path));
  return whole === folder || whole.startsWith(folder + sep);
}

/** @throws what a full disk throws; removing needs no space. */
function count(operation: string, frees: boolean): void {
  const number = original.statSync(counter).size;
  original.appendFileSync(counter, ".");
  if (process.env.FAULT_LOG !== undefined) original.appendFileSync(process.env.FAULT_LOG, `${number} ${operation}\n`);
  if (mode === "full") {
    if (at >= 0 && number >= at && !frees) throw fullDisk(operation);
    return;
  }
  if (at < 0 || number < at || !isFirst()) return;
  if (mode === "kill") {
    process.kill(process.pid, "SIGKILL");
    // The signal takes effect a moment later: nothing may be written until then.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  }
  process.kill(process.pid, mode === "int" ? "SIGINT" : "SIGTERM");
}

/** Of all threads, each of which may have counted past the operation while another was counting it. */
function isFirst(): boolean {
  try {
    original.closeSync(original.openSync(`${counter}.${process.pid}`, "wx"));
    return true;
  } catch {
    return false;
  }
}

function fullDisk(operation: string): NodeJS.ErrnoException {
  const [syscall, path] = operation.split(" ");
  return Object.assign(new Error(`ENOSPC: no space left on device, ${operation}`), {
    code: "ENOSPC",
    errno: -28,
    syscall,
    ...(path === undefined ? {} : { path }),
  });
}

/** In a synchronous operation, which others may be made of: writeFileSync of a descriptor calls writeSync for bytes. */
let isInside = false;

type AnyFunction = (...words: never[]) => unknown;
type Functions = Record<string, AnyFunction>;

/** What is counted, by the argument that holds the path it changes. */
const CHANGES: Readonly<Record<string, { path: number; frees?: true }>> = {
  mkdir: { path: 0 },
  rename: { path: 1 },
  link: { path: 1 },
  symlink: { path: 1 },
  copyFile: { path: 1 },
  truncate: { path: 0 },
  unlink: { path: 0, frees: true },
  rmdir: { path: 0, frees: true },
  rm: { path: 0, frees: true },
  writeFile: { path: 0 },
  appendFile: { path: 0 },
};

function isWriting(flags: unknown): boolean {
  return typeof flags === "number" ? (flags & 3) !== 0 : typeof flags === "string" && /[wa+]/.test(flags);
}

function wrap(
  functions: Functions,
  name: string,
  before: (words: unknown[]) => void,
  kind: "sync" | "promise" | "callback",
) {
  const inner = functions[name];
  if (inner === undefined) return;
  functions[name] = function wrapped(this: unknown, ...words: unknown[]) {
    try {
      if (!isInside) before(words);
    } catch (error) {
      if (kind === "sync") throw error;
      if (kind === "promise") return Promise.reject(error);
      const callback = words.at(-1) as (error: unknown) => void;
      process.nextTick(callback, error);
      return undefined;
    }
    if (kind !== "sync" || isInside) return (inner as (...all: unknown[]) => unknown).apply(this, words);
    isInside = true;
    try {
      return (inner as (...all: unknown[]) => unknown).apply(this, words);
    } finally {
      isInside = false;
    }
  } as AnyFunction;
}

const forms = [
  { functions: fs as unknown as Functions, suffix: "Sync", kind: "sync" },
  { functions: fs as unknown as Functions, suffix: "", kind: "callback" },
  { functions: fs.promises as unknown as Functions, suffix: "", kind: "promise" },
] as const;

for (const { functions, suffix, kind } of forms) {
  for (const [name, { path, frees = false }] of Object.entries(CHANGES)) {
    const before = (words: unknown[]): void => {
      if (isBelow(words[path])) count(`${name} ${words[path]}`, frees);
      else if (typeof words[0] === "number" && writing.has(words[0])) count(name, frees);
    };
    wrap(functions, name + suffix, before, kind);
  }
}

// Files are opened first and written piece by piece.
const { openSync } = fs;
fs.openSync = ((...words: Parameters<typeof fs.openSync>) => {
  const counts = isBelow(words[0]) && isWriting(words[1]);
  if (counts) count(`open ${words[0]}`, false);
  const file = openSync(...words);
  if (counts) writing.add(file);
  return file;
}) as typeof fs.openSync;
const { closeSync, close } = fs;
fs.closeSync = (file) => {
  closeSync(file);
  // Another file may get its number.
  writing.delete(file);
};
fs.close = ((file: number, callback?: (error: NodeJS.ErrnoException | null) => void) => {
  writing.delete(file);
  close(file, callback);
}) as typeof fs.close;
const { open } = fs;
fs.open = ((...words: unknown[]) => {
  const counts = isBelow(words[0]) && isWriting(words[1]);
  const callback = words.at(-1) as (error: unknown, file?: number) => void;
  try {
    if (counts) count(`open ${words[0]}`, false);
  } catch (error) {
    process.nextTick(callback, error);
    return;
  }
  words[words.length - 1] = (error: unknown, file?: number) => {
    if (counts && file !== undefined) writing.add(file);
    callback(error, file);
  };
  (open as (...all: unknown[]) => void)(...words);
}) as typeof fs.open;
for (const name of ["write", "writev"]) {
  const before = (words: unknown[]): void => {
    if (writing.has(words[0] as number)) count(name, false);
  };
  wrap(fs as unknown as Functions, `${name}Sync`, before, "sync");
  wrap(fs as unknown as Functions, name, before, "callback");
}
const openPromise = fs.promises.open;
fs.promises.open = (async (...words: Parameters<typeof openPromise>) => {
  const counts = isBelow(words[0]) && isWriting(words[1]);
  if (counts) count(`open ${words[0]}`, false);
  const handle = await openPromise(...words);
  if (counts) {
    for (const name of ["write", "writev", "writeFile", "appendFile", "truncate"]) {
      wrap(handle as unknown as Functions, name, () => count(name, false), "promise");
    }
  }
  return handle;
}) as typeof openPromise;

syncBuiltinESMExports();
