import { listProcesses } from "../process/listProcesses.ts";
import { sendSignal } from "../process/sendSignal.ts";

/**
 * Asks the training processes to save a checkpoint and to end.
 *
 * torchrun itself is not sent the signal: it would end its ranks after a while (torch 2.13, elastic/multiprocessing/api.py),
 * whatever they are saving. It starts each rank in a session of its own: a rank is a child that leads its group. Where
 * there is none, the launcher keeps its processes in its own group.
 *
 * @param pid the worker or its launcher, started with `detached`.
 */
export async function interruptWorker(pid: number, hasLauncher: boolean, signal: NodeJS.Signals): Promise<void> {
  if (!hasLauncher) {
    // Only the worker: its helpers (loading of data, rewards) must live until its checkpoint is saved.
    sendSignal(pid, signal);
    return;
  }
  const processes = await listProcesses();
  const ranks = processes.filter((process) => process.parent === pid && process.group === process.pid);
  if (ranks.length === 0) sendSignal(-pid, signal);
  for (const rank of ranks) sendSignal(rank.pid, signal);
}
