import { lstatSync, readFileSync, rmSync } from "node:fs";
import { hostname } from "node:os";
import { UsageError } from "../errors.ts";
import { quoted } from "./ownership.ts";

/** What version 0.1 wrote into a lock: its process's number and its machine. */
const OLD_LOCK = /^([1-9]\d{0,9}) (\S{1,255})\n$/;

/**
 * Clears away the lock of a 0.1 that was killed. A file of the same name that is no such lock (`poetry.lock` beside a
 * folder `poetry`) is somebody else's: it stays and blocks nobody.
 *
 * @param path where 0.1 kept it: `run.lock` in the folder, or the folder's name with `.lock` beside it.
 * @throws UsageError naming the lock while its process lives, or was on another machine, where nobody can look.
 */
export function clearOldLock(path: string): void {
  const owner = oldOwner(path);
  if (owner === null) return;
  const { pid, host } = owner;
  if (host === hostname() && !isOther(pid)) {
    rmSync(path, { force: true });
    return;
  }
  throw new UsageError(
    `${path}: process ${pid} on ${quoted(host)}, of version 0.1, holds this lock. Only one command may write there at a time. ` +
      "Wait for it to finish, or stop it. If it is dead, remove the lock.",
  );
}

function oldOwner(path: string): { pid: number; host: string } | null {
  try {
    // A lock is a small file of its own; a link may lead anywhere, a FIFO would keep us waiting.
    const entry = lstatSync(path);
    if (!entry.isFile() || entry.size > 512) return null;
    const [, pid, host] = OLD_LOCK.exec(readFileSync(path, "utf8")) ?? [];
    return pid === undefined || host === undefined ? null : { pid: Number(pid), host };
  } catch {
    return null;
  }
}

/** Whether a process of this number runs that is not this one: a restarted container reuses process numbers. */
function isOther(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // EPERM: it exists, but belongs to someone else.
    return (error as NodeJS.ErrnoException).code !== "ESRCH";
  }
}
