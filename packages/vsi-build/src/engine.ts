import { availableParallelism } from "node:os";
import { setFlagsFromString } from "node:v8";

/*
 * What the command tells V8. Here and not in buildDataset: flags are the whole process's, and a program that builds
 * datasets has its own. All of them are read when V8 decides on something, so that they hold from then on (seen with
 * Node 20, 22 and 24).
 */

/** How a user says how a heap is to grow, on the command line or in NODE_OPTIONS. */
const GROWTH_FLAG = /--((max|min)[-_])?(semi[-_]space|heap[-_]growing)/;

/**
 * A build's main thread computes little, but what it reads and lets go fills V8's space for new objects, 32 MiB, and
 * doubles the one for old ones before anything is collected. With new ones in 2 MiB, and old ones collected once they
 * are half as many again, 1,500 small rooms take one worker 128 MiB at the peak in place of 187, two workers 155 in place
 * of 179, in 0.93 to 1.06 of the CPU time. What costs more is a crowd: a room of 700 names takes a tenth longer, and a
 * tenth less memory.
 *
 * To be called before most modules are loaded, as they are what the space for new objects grows by at first; and again
 * once a thread has started, which sets V8's growth factor back to 2.
 *
 * @param flags Node's; where a user says how a heap is to grow, nothing is changed.
 * @returns what V8 was told.
 */
export function keepHeapSmall(
  flags: readonly string[] = [...process.execArgv, process.env.NODE_OPTIONS ?? ""],
): readonly string[] {
  if (flags.some((flag) => GROWTH_FLAG.test(flag))) return [];
  const told = [
    "--semi-space-growth-factor=1",
    "--heap-growing-percent=50",
    // Threads, which compute much, begin with all the space for new objects that they may have (threadLimits).
    "--min-semi-space-size=4",
  ];
  for (const flag of told) setFlagsFromString(flag);
  return told;
}

/**
 * Bytes of bytecode that a function runs before V8 optimizes it, eight times the usual: the optimizer took a quarter of a
 * build's CPU time, as each thread compiles for itself. Of 200 rooms with two threads on two cores it is a tenth less in all.
 */
const BUDGET_BEFORE_OPTIMIZING = 540_672;

/**
 * Where threads take every core. One that is left over optimizes while they read, and the sooner the better.
 *
 * @param workers null for one per core.
 */
export function optimizeLater(workers: number | null): void {
  // Later versions count calls in place of bytes, and complain about a flag that they do not have.
  if (!process.versions.node.startsWith("20.") || (workers ?? Infinity) < availableParallelism()) return;
  setFlagsFromString(`--interrupt-budget=${BUDGET_BEFORE_OPTIMIZING}`);
}
