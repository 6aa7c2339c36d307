import { closeSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { UsageError } from "@vsi/command";
import { fileError } from "@vsi/dataset/node";

/** The file in a run's folder that says who is at work there. */
const LOCK_FILE = "run.lock";

/** Locks of this process: after a restart in a container a dead run may have had the same number. */
const heldHere = new Set<string>();

/**
 * Makes a run's folder and keeps other processes out of it: two runs would ask everything twice and write into each other's files. What a
 * killed process of this machine left behind locks nobody out; on a shared disk another machine's lock can't be told from a dead one and counts.
 *
 * @returns the unlocking.
 * @throws UsageError naming who is at work there, DatasetError as in fileError.
 */
export function lockRunFolder(out: string): () => void {
  const path = join(out, LOCK_FILE);
  try {
    mkdirSync(out, { recursive: true });
    if (!take(path) && !(removeDead(path) && take(path))) throw lockedError(out, path);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw fileError(error, out, "a folder to write to");
  }
  heldHere.add(path);
  return () => {
    heldHere.delete(path);
    rmSync(path, { force: true });
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

function lockedError(out: string, path: string): UsageError {
  const [number, host] = textOf(path).trim().split(" ");
  const owner = host === undefined ? "another process" : `process ${number} on ${host}`;
  return new UsageError(
    `--out ${out}: ${owner} is at work in it, expected no other vsi-eval run there. Wait until it is done, or choose another --out. Should it be dead, remove ${path}.`,
  );
}
