import { statSync } from "node:fs";
import { join } from "node:path";
import { getHeapStatistics } from "node:v8";
import type { ResourceLimits } from "node:worker_threads";
import { BuildStoppedError } from "@vsi/command";
import pLimit from "p-limit";
import { Piscina } from "piscina";
import type { SelectedScan } from "../scans/source.ts";
import type { KeptFolders, ScanSummary } from "./keptResults.ts";
import { identityOf, type ProcessScanOptions } from "./processScan.ts";
import runScanTask, { type ScanOutcome, type ScanTask } from "./scanWorker.ts";

/** Scans handed to each thread ahead of time, so that none waits for the main thread. */
const SCANS_IN_FLIGHT_PER_WORKER = 2;

/** A thread loads and compiles everything for itself: with fewer scans each, a second one costs more than it saves. */
const LEAST_SCANS_PER_THREAD = 16;

/**
 * Where a thread's new objects live: semi-spaces of 4 MiB, of V8's 16. Nearly all of a scan's objects are dead after it; in
 * larger ones they only fill memory: 200 rooms took two threads 198 MiB at the peak in place of 254, in the same CPU time.
 */
const YOUNG_MEBIBYTES = 12;

/**
 * Where a thread's other objects live. V8 lets a heap that may hold 2 GiB or more grow to four times what is live before it
 * collects, a smaller one to twice: reading 1,500 small rooms in one thread takes 112 MiB in place of 141. Twice what a room
 * of 1,000 differently named objects takes.
 */
const OLD_MEBIBYTES = 2000;

/** How a user asks for more, or less: on the command line or in NODE_OPTIONS. */
const HEAP_FLAG = /--max[-_](old[-_]space|heap)[-_]size\b/;

interface RunScansOptions {
  /** Threads at most; 0 reads in this one, which then hears no signal while a scan is computed. */
  workers: number;
  kept: KeptFolders;
  process: ProcessScanOptions;
  /** Stops handing out scans; the ones in work are dropped (their results are written whole or not at all). */
  signal: AbortSignal;
  onScan: (summary: ScanSummary) => void;
}

/**
 * Reads all scans, each into a result file. With one worker too they are read in a thread of their own: a scan is
 * computed in one go, and a signal must be heard meanwhile.
 * @throws BuildStoppedError for what is not the scan's own fault (a full disk), and the signal's reason.
 */
export async function runScans(scans: readonly SelectedScan[], options: RunScansOptions): Promise<void> {
  const { workers, signal, onScan } = options;
  const taskOf = ({ input }: SelectedScan): ScanTask => ({ input, kept: options.kept, options: options.process });
  if (workers === 0) {
    for (const scan of scans) {
      signal.throwIfAborted();
      onScan(summaryOf(await runScanTask(taskOf(scan))));
    }
    signal.throwIfAborted();
    return;
  }
  if (scans.length === 0) return;
  const hasFrames = options.process.frames !== null;
  const threads = threadsFor(scans.length, workers, hasFrames);
  const pool = new Piscina<ScanTask, ScanOutcome>({
    // scanWorker.ts and all that it needs as one file: see bundleThread.js.
    filename: new URL("./scanThread.js", import.meta.url).href,
    minThreads: threads,
    maxThreads: threads,
    resourceLimits: threadLimits(),
  });
  const limit = pLimit(threads * SCANS_IN_FLIGHT_PER_WORKER);
  try {
    await limit.map(hasFrames ? longestFirst(scans) : scans, async (scan) => {
      signal.throwIfAborted();
      const outcome = await pool.run(taskOf(scan), { signal }).catch((error: unknown) => {
        throw explainMemory(error, scan);
      });
      onScan(summaryOf(outcome));
    });
    signal.throwIfAborted();
  } catch (error) {
    // A task that the signal cut short fails with the pool's own error; the caller wants the signal's.
    signal.throwIfAborted();
    throw error;
  } finally {
    limit.clearQueue();
    // A thread may still report its scan while the pool shuts down: the pool treats that as an error, which would go
    // unhandled (seen with a full disk, where both threads stop at once).
    pool.on("error", () => undefined);
    await pool.destroy();
  }
}

/**
 * What a thread may hold: of old objects what a user asked for, or what V8 gives on a small machine.
 *
 * @param flags Node's.
 * @param most MiB that this process may hold.
 */
export function threadLimits(
  flags: readonly string[] = [...process.execArgv, process.env.NODE_OPTIONS ?? ""],
  most: number = getHeapStatistics().heap_size_limit / 2 ** 20,
): ResourceLimits {
  const young = { maxYoungGenerationSizeMb: YOUNG_MEBIBYTES };
  if (flags.some((flag) => HEAP_FLAG.test(flag))) return young;
  return { ...young, maxOldGenerationSizeMb: Math.min(most, OLD_MEBIBYTES) };
}

/** What a thread that reached its limit says to a user: V8 ends it wherever it is. */
export function explainMemory(error: unknown, { input }: SelectedScan): unknown {
  if ((error as NodeJS.ErrnoException | null)?.code !== "ERR_WORKER_OUT_OF_MEMORY") return error;
  return new BuildStoppedError(
    `${identityOf(input).scanId}: its thread ran out of memory. Give threads more memory, for example NODE_OPTIONS=--max-old-space-size=8000, or leave the scan out with --exclude; --resume goes on from here.`,
  );
}

/** How many threads read the scans: with frames a scan takes a second or more, which is worth a thread of its own. */
export function threadsFor(scans: number, workers: number, hasFrames: boolean): number {
  return Math.min(workers, hasFrames ? scans : Math.ceil(scans / LEAST_SCANS_PER_THREAD));
}

/** By the size of their streams, so that the longest is not read at the end, alone; equal ones as they come. */
export function longestFirst(scans: readonly SelectedScan[]): SelectedScan[] {
  const sizes = new Map(scans.map((scan) => [scan, streamSize(scan)]));
  return scans.toSorted((one, other) => (sizes.get(other) as number) - (sizes.get(one) as number));
}

/** Bytes; 0 where there is no .sens file, whatever the reason: whoever reads the scan says so. */
function streamSize({ input }: SelectedScan): number {
  if (input.kind === "published") return 0;
  const { scanId, path } = input.folder;
  try {
    return statSync(join(path, `${scanId}.sens`)).size;
  } catch {
    return 0;
  }
}

function summaryOf(outcome: ScanOutcome): ScanSummary {
  if (outcome.status === "stopped") throw new BuildStoppedError(outcome.message);
  return outcome.summary;
}
