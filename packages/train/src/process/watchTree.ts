import { descendantsOf } from "./descendantsOf.ts";
import { listProcesses } from "./listProcesses.ts";
import { sendSignal } from "./sendSignal.ts";

/** A process that was started with `detached`, and all that it started. */
export interface TreeWatch {
  /** Remembers who is there: once a parent is dead, nothing tells whose its children were. */
  look(): Promise<void>;
  /**
   * Ends all of them at once (SIGKILL). The process's own group is not enough: torchrun starts each rank, and the worker
   * its rewards, in a session of their own.
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
