import { readdir, readFile } from "node:fs/promises";
import { captureOutput } from "./programOutput.ts";

/** A process that was started with `detached`, and all that it started. */
export interface TreeWatch {
  /** Records all descendants: once a parent is dead, its children can't be traced to it. */
  look(): Promise<void>;
  /**
   * Ends all of them at once (SIGKILL). The process's own group is not enough: torchrun starts each rank, and the
   * worker its rewards, in a session of their own.
   */
  kill(): Promise<void>;
}

/** @param root the process's number, which is also its group's. */
export function watchTree(root: number): TreeWatch {
  const groups = new Set([root]);
  const look = async (): Promise<void> => {
    for (const { group } of descendantsOf(root, await listProcesses())) groups.add(group);
  };
  return {
    look,
    async kill() {
      await look();
      for (const group of groups) sendSignal(-group, "SIGKILL");
    },
  };
}

/** The children of a process, their children and so on, parents before children. */
export function descendantsOf(root: number, processes: readonly RunningProcess[]): RunningProcess[] {
  const found: RunningProcess[] = [];
  const ancestors = new Set([root]);
  let before = -1;
  while (ancestors.size !== before) {
    before = ancestors.size;
    for (const process of processes) {
      if (!ancestors.has(process.pid) && ancestors.has(process.parent)) {
        ancestors.add(process.pid);
        found.push(process);
      }
    }
  }
  return found;
}

/** One running process. */
interface RunningProcess {
  pid: number;
  parent: number;
  /** The process group: the pid of its leader. */
  group: number;
}

/** All processes of this machine: from /proc, which containers without `ps` have too, else from `ps`. */
export async function listProcesses(): Promise<RunningProcess[]> {
  const entries = await readdir("/proc").catch(() => []);
  const pids = entries.filter((entry) => /^\d+$/.test(entry));
  if (pids.length === 0) return parseTable((await captureOutput(["ps", "-A", "-o", "pid=,ppid=,pgid="])).stdout);
  const read = await Promise.all(pids.map((pid) => readFile(`/proc/${pid}/stat`, "utf8").catch(() => "")));
  return read.flatMap(parseStat);
}

/**
 * "12 (name, brackets and all) S 1 12 ...": the name may contain anything, so fields are counted from the last bracket.
 */
function parseStat(stat: string): RunningProcess[] {
  const [, parent, group] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const pid = Number.parseInt(stat, 10);
  // Empty when the process ended between the listing and the reading.
  return Number.isNaN(pid) ? [] : [{ pid, parent: Number(parent), group: Number(group) }];
}

function parseTable(table: string): RunningProcess[] {
  return table.split("\n").flatMap((line) => {
    const [pid, parent, group, ...rest] = line.trim().split(/\s+/).map(Number);
    if (pid === undefined || parent === undefined || group === undefined || rest.length > 0) return [];
    return [{ pid, parent, group }];
  });
}

/**
 * Sends a signal; false when nobody is left to get it.
 * @param target a pid, or minus a process group's number for all of the group.
 */
export function sendSignal(target: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(target, signal);
  } catch (error) {
    // macOS gives EPERM for a group whose processes have all ended.
    if (["ESRCH", "EPERM"].includes((error as NodeJS.ErrnoException).code ?? "")) return false;
    throw error;
  }
}
