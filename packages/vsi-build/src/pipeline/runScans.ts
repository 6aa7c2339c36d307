import { BuildStoppedError } from "@vsi/command";
import pLimit from "p-limit";
import { Piscina } from "piscina";
import type { SelectedScan } from "../scans/source.ts";
import type { KeptFolders, ScanSummary } from "./keptResults.ts";
import type { ProcessScanOptions } from "./processScan.ts";
import runScanTask, { type ScanOutcome, type ScanTask } from "./scanWorker.ts";

/** Scans handed to each thread ahead of time, so that none waits for the main thread. */
const SCANS_IN_FLIGHT_PER_WORKER = 2;

interface RunScansOptions {
  /** Threads; 0 reads in this one, which then hears no signal while a scan is computed. */
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
  const threads = Math.min(workers, scans.length);
  const pool = new Piscina<ScanTask, ScanOutcome>({
    filename: new URL("./scanWorker.js", import.meta.url).href,
    minThreads: threads,
    maxThreads: threads,
  });
  const limit = pLimit(threads * SCANS_IN_FLIGHT_PER_WORKER);
  try {
    await limit.map(scans, async (scan) => {
      signal.throwIfAborted();
      onScan(summaryOf(await pool.run(taskOf(scan), { signal })));
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

function summaryOf(outcome: ScanOutcome): ScanSummary {
  if (outcome.status === "stopped") throw new BuildStoppedError(outcome.message);
  return outcome.summary;
}
