import type { RunningProcess } from "./listProcesses.ts";

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
