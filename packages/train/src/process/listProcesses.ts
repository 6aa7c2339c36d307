import { readdir, readFile } from "node:fs/promises";
import { captureOutput } from "./captureOutput.ts";

/** One running process. */
export interface RunningProcess {
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

/** "12 (name, brackets and all) S 1 12 ...": the name may hold anything, so the fields are counted from its last bracket. */
function parseStat(stat: string): RunningProcess[] {
  const [, parent, group] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const pid = Number.parseInt(stat, 10);
  // Empty when the process ended between the listing and the reading.
  return Number.isNaN(pid) ? [] : [{ pid, parent: Number(parent), group: Number(group) }];
}

function parseTable(table: string): RunningProcess[] {
  return table
    .split("\n")
    .map((line) => line.trim().split(/\s+/).map(Number))
    .filter((fields) => fields.length === 3)
    .map(([pid, parent, group]) => ({ pid: pid!, parent: parent!, group: group! }));
}
