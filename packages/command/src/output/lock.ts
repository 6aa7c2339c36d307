import {
  closeSync,
  linkSync,
  lstatSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from "node:fs";
import { hostname } from "node:os";
import { basename, dirname, join } from "node:path";
import { checkArguments, jsonExcerpt, PATH, TEXT } from "@vsi/dataset/internal";
import { UsageError } from "../errors.ts";
import { LOCK_FILE } from "./ownership.ts";

/** A held lock. */
export interface FolderLock {
  /** Aborted when another host took over the lock because this one seemed dead: nothing may be written any more. */
  lost: AbortSignal;
  /** Releases the folder; calling it again does nothing. */
  release(): void;
}

/** A live process touches its lock this often. */
const TOUCH_EVERY_MS = 10_000;

/** Another host's lock counts as dead after this long: six touches were missed. */
const DEAD_AFTER_MS = 60_000;

/** Processes that clear the same dead lock can collide; then they retry. */
const MOST_TRIES = 5;

/**
 * Keeps a folder to one command at a time, over processes and, on a shared disk, over hosts.
 *
 * The lock names process, start time, boot and host. On the host that wrote it, it holds exactly as long as that
 * process lives, even stopped; a dead process locks nobody out. From another host the process can't be seen: there it
 * holds until it was not touched for a minute, by the disk's own clock. `--resume` and `--overwrite` change nothing
 * about it.
 *
 * @param folder must be there.
 * @param command what to call the holder: "vsi-build".
 * @throws UsageError naming the process or host that has the folder, and since when; the file system's error when the lock
 * can't be written.
 *
 * @example
 * ```js
 * import { mkdir } from "node:fs/promises";
 * import { lockFolder, lockHolder } from "@vsi/command";
 *
 * await mkdir("mine", { recursive: true });
 * const lock = lockFolder("mine", "my-command");
 * console.log(lockHolder("mine")?.startsWith("my-command")); // true
 * lock.release();
 * console.log(lockHolder("mine")); // null
 * ```
 */
export function lockFolder(folder: string, command: string): FolderLock {
  checkArguments("lockFolder", { folder: [folder, PATH], command: [command, TEXT] });
  return lockAt(lockPath(folder), folder, command);
}

/**
 * `lockFolder` for a command that writes a single file: the lock stands beside it.
 *
 * @example
 * ```js
 * import { lockFile } from "@vsi/command";
 *
 * const lock = lockFile("answers.jsonl", "my-command");
 * console.log(lock.lost.aborted); // false
 * lock.release();
 * ```
 */
export function lockFile(file: string, command: string): FolderLock {
  checkArguments("lockFile", { file: [file, PATH], command: [command, TEXT] });
  return lockAt(`${file}${LOCK_FILE}`, file, command);
}

function lockAt(path: string, shown: string, command: string): FolderLock {
  checkLockable(path);
  const own = ownText(command);
  for (let attempt = 0; attempt < MOST_TRIES; attempt += 1) {
    if (take(path, own)) {
      clearAsides(path);
      return holdLock(path, own);
    }
    clearDead(path);
  }
  throw heldError(path, shown);
}

function heldError(path: string, shown: string): UsageError {
  return new UsageError(
    `${shown}: ${describeHolder(path)} is using it. Only one command may write there at a time. ` +
      "Wait for it to finish, or stop it, then run this again.",
  );
}

/** @throws UsageError as lockFolder where somebody holds the folder, without taking it. */
export function checkUnlocked(folder: string): void {
  const path = lockPath(folder);
  const text = textOf(path);
  if (text !== null && !isDead(path, text)) throw heldError(path, folder);
}

function lockPath(folder: string): string {
  return `${folder.replace(/[/\\]+$/, "")}/${LOCK_FILE}`;
}

/**
 * @throws UsageError for a link, folder or pipe under the lock's name: nobody's lock, and reading a pipe would wait for
 * ever.
 */
function checkLockable(path: string): void {
  const entry = lstatSync(path, { throwIfNoEntry: false });
  if (entry === undefined || entry.isFile()) return;
  throw new UsageError(`${path}: is not a file, expected a lock file or nothing. Move it away; nothing was touched.`);
}

/** Removes what killed processes left beside a lock while they took it. */
function clearAsides(path: string): void {
  const beginning = `${basename(path)}.`;
  for (const name of readdirSync(dirname(path))) {
    if (!name.startsWith(beginning) || !/^\d+-\d+$/.test(name.slice(beginning.length))) continue;
    const aside = join(dirname(path), name);
    const text = textOf(aside);
    if (text !== null && isDead(aside, text)) removeQuietly(aside);
  }
}

/**
 * Who holds a folder: "vsi-build, process 12 on host, since 10:31"; null for nobody.
 *
 * @example
 * ```js
 * import { lockHolder } from "@vsi/command";
 *
 * console.log(lockHolder("vsi-100k")); // null
 * ```
 */
export function lockHolder(folder: string): string | null {
  checkArguments("lockHolder", { folder: [folder, PATH] });
  const path = lockPath(folder);
  const text = textOf(path);
  return text === null || isDead(path, text) ? null : describeHolder(path);
}

/** What a lock holds: one line of JSON. */
interface LockRecord {
  schema: "vsi-lock/1";
  command: string;
  pid: number;
  /**
   * When the process started, in the system's own count: a number that is used again has another. Null where the system
   * does not say.
   */
  started: string | null;
  /** The boot that the process belongs to, and its namespace of process numbers; null where the system does not say. */
  boot: string | null;
  namespace: string | null;
  host: string;
  /** ISO 8601. */
  since: string;
  /** Tells two locks of one process apart. */
  nonce: string;
}

/** Locks of this process, so that one left by a process of the same number and start is not taken for its own. */
const heldHere = new Set<string>();

let locksTaken = 0;

function ownText(command: string): string {
  locksTaken += 1;
  const record: LockRecord = {
    schema: "vsi-lock/1",
    command,
    pid: process.pid,
    started: startOf(process.pid),
    boot: bootId(),
    namespace: namespaceId(),
    host: hostname(),
    since: new Date().toISOString(),
    nonce: `${process.pid}-${locksTaken}-${process.hrtime.bigint()}`,
  };
  return `${JSON.stringify(record)}\n`;
}

/** @returns false when the lock is there already. */
function take(path: string, own: string): boolean {
  // Written aside and linked: under its own name the lock is whole or not there, whoever reads it when.
  const aside = `${path}.${process.pid}-${locksTaken}`;
  try {
    writeWhole(aside, own);
  } catch (error) {
    removeQuietly(aside);
    throw error;
  }
  try {
    linkSync(aside, path);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EEXIST") return false;
    // Some file systems can't link (exFAT, some network disks): creating is one step there too, writing the next.
    return createWhole(path, own);
  } finally {
    removeQuietly(aside);
  }
}

/** Failing to remove it is harmless: a lock of a process that has ended blocks nobody. */
function removeQuietly(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // The next one to take the lock tries again.
  }
}

function writeWhole(path: string, text: string): void {
  const file = openSync(path, "w");
  try {
    writeSync(file, text);
  } finally {
    closeSync(file);
  }
}

function createWhole(path: string, text: string): boolean {
  let file: number;
  try {
    file = openSync(path, "wx");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
  try {
    writeSync(file, text);
  } catch (error) {
    removeQuietly(path);
    throw error;
  } finally {
    closeSync(file);
  }
  return true;
}

function holdLock(path: string, own: string): FolderLock {
  heldHere.add(own);
  const controller = new AbortController();
  const timer = setInterval(() => {
    if (textOf(path) !== own) {
      stop();
      controller.abort(
        new UsageError(
          `${path}: another host took over the folder, because this one showed no sign of life for a minute. Once it is done, run again with --resume.`,
        ),
      );
      return;
    }
    touch(path, own);
  }, TOUCH_EVERY_MS);
  timer.unref();
  const stop = (): void => {
    clearInterval(timer);
    heldHere.delete(own);
    process.off("exit", release);
  };
  function release(): void {
    stop();
    if (textOf(path) === own) removeQuietly(path);
  }
  process.once("exit", release);
  return { lost: controller.signal, release };
}

/** Writes the same bytes once more: the disk's own clock then says when, whatever this host's clock shows. */
function touch(path: string, own: string): void {
  try {
    const file = openSync(path, "r+");
    try {
      writeSync(file, own, 0);
    } finally {
      closeSync(file);
    }
  } catch {
    // The disk may be unavailable for a moment: the next touch tries again.
  }
}

/** Removes a dead process's lock, if it is one. */
function clearDead(path: string): void {
  const text = textOf(path);
  if (text === null || !isDead(path, text)) return;
  // Moved aside first: of several that find the same dead lock one gets it, and none removes a live one unseen.
  const aside = `${path}.${process.pid}-dead`;
  try {
    renameSync(path, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return;
    throw error;
  }
  if (textOf(aside) !== text) {
    // Someone else was faster and holds it: put it back, unless a third has taken it already.
    try {
      linkSync(aside, path);
    } catch {
      // Its holder finds it gone at the next touch and stops.
    }
  }
  rmSync(aside, { force: true });
}

function isDead(path: string, text: string): boolean {
  const record = parseLock(text);
  if (record === null) return sinceTouched(path) > DEAD_AFTER_MS;
  const { pid, started, boot, namespace, host } = record;
  const seesIt = host === hostname() && boot === bootId() && namespace === namespaceId();
  if (!seesIt) return sinceTouched(path) > DEAD_AFTER_MS;
  if (pid === process.pid && started === startOf(pid)) return !heldHere.has(text);
  return !isRunning(pid) || (started !== null && startOf(pid) !== started);
}

/** How long ago a file was written, by the clock of the disk it is on: that of another host may be minutes off. */
function sinceTouched(path: string): number {
  const probe = `${path}.${process.pid}-clock`;
  try {
    writeWhole(probe, "");
    return statSync(probe).mtimeMs - statSync(path).mtimeMs;
  } catch {
    return 0;
  } finally {
    rmSync(probe, { force: true });
  }
}

function parseLock(text: string): LockRecord | null {
  try {
    const record = JSON.parse(text) as Partial<LockRecord> | null;
    if (record?.schema !== "vsi-lock/1" || !Number.isSafeInteger(record.pid) || typeof record.host !== "string")
      return null;
    return record as LockRecord;
  } catch {
    return null;
  }
}

function isRunning(pid: number): boolean {
  try {
    // Signal 0 is not delivered: it only tests whether the process exists.
    return process.kill(pid, 0);
  } catch (error) {
    // EPERM: it exists, but belongs to someone else.
    return (error as NodeJS.ErrnoException).code !== "ESRCH";
  }
}

/** When a process started, in clock ticks since the boot (proc(5), stat field 22); null where there is no /proc. */
function startOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The second field is a name in brackets that may hold blanks and brackets itself.
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? null;
  } catch {
    return null;
  }
}

function bootId(): string | null {
  try {
    return readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
  } catch {
    return null;
  }
}

/** Containers of one host may share its name and boot, but number their processes each on its own. */
function namespaceId(): string | null {
  try {
    return readlinkSync("/proc/self/ns/pid");
  } catch {
    return null;
  }
}

/** Null when the file is gone, or is no file. */
function textOf(path: string): string | null {
  try {
    if (!lstatSync(path).isFile()) return null;
    return readFileSync(path, "utf8");
  } catch {
    return null;
  }
}

function describeHolder(path: string): string {
  const record = parseLock(textOf(path) ?? "");
  if (record === null) return "another command";
  const { command, pid, host, since } = record;
  return `${printable(command)}, process ${pid} on ${printable(host)}, since ${printable(since)},`;
}

/** A lock is untrusted: only its printable characters reach the terminal. */
function printable(value: unknown): string {
  return (typeof value === "string" ? value : jsonExcerpt(value)).replace(/[^\x20-\x7e]/g, "?").slice(0, 80);
}
