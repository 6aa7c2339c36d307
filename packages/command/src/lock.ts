import { closeSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeSync } from "node:fs";
import { hostname } from "node:os";
import { dirname } from "node:path";
import { fileError } from "@vsi/dataset/node";

export interface HoldLockOptions {
  /** What to name when the lock can't be written: the lock's own path, or the folder that it keeps. */
  file: string;
  /** What was expected of `file` then, such as "a folder to write to". */
  expected: string;
  /** The error to throw when another process holds the lock. @param owner such as "process 12 on host". */
  refuse: (owner: string) => Error;
}

/**
 * Takes a lock and makes its folder where there is none.
 *
 * @returns the unlocking.
 * @throws what `refuse` makes when another process holds the lock, DatasetError as in fileError when it can't be written.
 */
export function holdLock(path: string, { file, expected, refuse }: HoldLockOptions): () => void {
  const { unlock, owner } = makeFolderAndLock(path, file, expected);
  if (unlock === undefined) throw refuse(owner);
  return unlock;
}

function makeFolderAndLock(path: string, file: string, expected: string): Lock {
  try {
    mkdirSync(dirname(path), { recursive: true });
    return takeLock(path);
  } catch (error) {
    throw fileError(error, file, expected);
  }
}

/** Locks of this process: after a restart in a container a dead one may have had the same number. */
const heldHere = new Set<string>();

/** What became of asking for a lock: its unlocking, or who holds it, such as "process 12 on host". */
type Lock = { unlock: () => void; owner?: never } | { unlock?: never; owner: string };

/**
 * Takes a lock: a file that holds the process's number and machine. What a killed process of this machine left behind locks
 * nobody out; on a shared disk another machine's lock can't be told from a dead one and counts as held.
 *
 * @param path the file, in a folder that is there.
 * @throws the file system's error when the file can't be written.
 */
export function takeLock(path: string): Lock {
  if (!take(path) && !(removeDead(path) && take(path))) return { owner: describeOwner(path) };
  heldHere.add(path);
  return {
    unlock() {
      heldHere.delete(path);
      rmSync(path, { force: true });
    },
  };
}

function take(path: string): boolean {
  try {
    const file = openSync(path, "wx");
    writeSync(file, ownText());
    closeSync(file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

/** The owner of a lock as the file holds it: the process's number and its machine. */
function ownText(): string {
  return `${process.pid} ${hostname()}\n`;
}

/** Removes a dead process's lock. @returns false when its owner may be alive, or another process was faster. */
function removeDead(path: string): boolean {
  const owner = textOf(path);
  if (!isDead(owner, path)) return false;
  // Moved aside first: of several that find the same dead lock, one can have it, and none removes a living one unseen.
  const aside = `${path}.${process.pid}`;
  try {
    renameSync(path, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return false;
    throw error;
  }
  if (textOf(aside) !== owner) {
    renameSync(aside, path);
    return false;
  }
  rmSync(aside, { force: true });
  return true;
}

function isDead(owner: string, path: string): boolean {
  if (owner === ownText()) return !heldHere.has(path);
  const [number, host] = owner.trim().split(" ");
  return host === hostname() && !isRunning(Number(number));
}

function isRunning(processNumber: number): boolean {
  try {
    // Signal 0 is sent to nobody: it only tells whether somebody is there.
    return process.kill(processNumber, 0);
  } catch (error) {
    // EPERM: it is there, but somebody else's.
    return (error as NodeJS.ErrnoException).code !== "ESRCH";
  }
}

/** "" when the file is gone, or its owner is just about to write it. */
function textOf(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}

function describeOwner(path: string): string {
  const [number, host] = textOf(path).trim().split(" ");
  return host === undefined ? "another process" : `process ${number} on ${host}`;
}
