import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { writeSync } from "node:fs";
import { mkdir, open } from "node:fs/promises";
import { constants } from "node:os";
import { join } from "node:path";
import { StringDecoder } from "node:string_decoder";
import { Interruption, SIGNAL_EXIT_CODES, type Signal, UsageError } from "@vsi/command";
import { at } from "@vsi/dataset/internal";
import { writeFileAtomically } from "@vsi/dataset/node";
import { pythonEnvironment } from "../environment/trainerPython.ts";
import { TrainError } from "../errors.ts";
import { listProcesses, sendSignal, type TreeWatch, watchTree } from "../process/processTree.ts";
import { type WorkerLaunch, workerCommand } from "../settings/launch.ts";
import { type RunSettings, WORKER_SETTINGS } from "../settings/runSettings.ts";
import { parseEvent, type WorkerEvent } from "./events.ts";

/** The file for the output of the worker and its libraries. */
export const WORKER_LOG = "worker.log";

const SIGNALS = Object.keys(SIGNAL_EXIT_CODES) as Signal[];

/** How a worker is run. */
export interface WorkerOptions extends WorkerLaunch {
  /** Aborted: the worker saves a checkpoint at the step's end and ends. */
  signal: AbortSignal;
  onEvent: (event: WorkerEvent) => void;
}

/**
 * Writes worker.json into the run's folder, runs the Python worker to its end, and hands on its events. Whatever else
 * it and its libraries print goes to worker.log in the run's folder.
 *
 * When `signal` aborts, the worker gets its signal (SIGTERM when the reason is not an Interruption) and may take its
 * time for the checkpoint; a SIGINT or SIGTERM to this process then kills it and all that it started. When its reason
 * is the folder's lost lock (a UsageError), the worker is killed at once.
 *
 * @returns 0 done, 1 failed, 130 or 143 when it was interrupted (with a checkpoint, once it had begun), 128 + the signal's
 * number when it was killed.
 * @throws TrainError "processes-unfit", "worker-start" or "event-unfit", DatasetError when the run's folder cannot be written, the reason
 * of a signal that was aborted before the start, and what `onEvent` throws (the worker is killed first).
 */
export async function runWorker(settings: RunSettings, options: WorkerOptions): Promise<{ exitCode: number }> {
  options.signal.throwIfAborted();
  const workerJson = join(settings.run, WORKER_SETTINGS);
  const command = workerCommand(options, workerJson);
  await mkdir(settings.run, { recursive: true });
  await writeFileAtomically(workerJson, `${JSON.stringify(settings, null, 2)}\n`);
  const log = await open(join(settings.run, WORKER_LOG), "a");
  try {
    await log.appendFile(`$ ${command.join(" ")}\n`);
    return { exitCode: await runToEnd(command, log.fd, options) };
  } finally {
    await log.close();
  }
}

async function runToEnd(command: readonly string[], log: number, options: WorkerOptions): Promise<number> {
  const child = spawn(at(command, 0), command.slice(1), {
    // Its standard error goes straight to the file: no flood of output can slow training down.
    stdio: ["ignore", "pipe", log],
    env: pythonEnvironment(),
    detached: true,
  });
  const started = await new Promise<Error | null>((resolve) => {
    child.once("spawn", () => resolve(null));
    child.once("error", resolve);
  });
  const { pid, stdout } = child;
  if (started !== null || pid === undefined || stdout === null) throw startError(at(command, 0), started);

  const tree = watchTree(pid);
  let isReady = false;
  let interrupted: number | null = null;
  let failure: { error: unknown } | null = null;
  const takeLine = (line: string): void => {
    const event = parseEvent(line);
    if (event === null) return void writeSync(log, `${line}\n`);
    if (event.event === "ready") {
      isReady = true;
      void tree.look();
    }
    if (event.event === "interrupted") interrupted = event.signal;
    options.onEvent(event);
  };
  const lines = splitLines((line) => {
    if (failure !== null) return;
    try {
      takeLine(line);
    } catch (error) {
      failure = { error };
      void tree.kill();
    }
  });
  stdout.on("data", (bytes: Buffer) => lines.push(bytes));

  const stopListening = passOnSignals(options, pid, tree);
  try {
    const exitCode = await endOf(child, tree);
    lines.end();
    if (failure !== null) throw (failure as { error: unknown }).error;
    // torchrun exits with 1 whatever its ranks' exit codes: the event says more.
    if (interrupted !== null) return 128 + interrupted;
    // Before it is ready there is nothing to save, and Python's own way to end after a signal says nothing.
    if (options.signal.aborted && !isReady) return SIGNAL_EXIT_CODES[signalOf(options.signal)];
    return exitCode;
  } finally {
    stopListening();
  }
}

/** Hands the first signal on to the worker and kills it at the second. */
function passOnSignals({ signal, launcher, processes }: WorkerOptions, pid: number, tree: TreeWatch): () => void {
  const onSecond = (): void => void tree.kill();
  const onAbort = (): void => {
    // Another command owns the folder by now: no checkpoint may be written to it.
    if (signal.reason instanceof UsageError) {
      onSecond();
      return;
    }
    void interruptWorker(pid, launcher !== null || processes > 1, signalOf(signal));
    for (const second of SIGNALS) process.on(second, onSecond);
  };
  signal.addEventListener("abort", onAbort, { once: true });
  if (signal.aborted) onAbort();
  return () => {
    signal.removeEventListener("abort", onAbort);
    for (const second of SIGNALS) process.off(second, onSecond);
  };
}

function signalOf({ reason }: AbortSignal): Signal {
  return reason instanceof Interruption ? reason.signal : "SIGTERM";
}

/**
 * Once the process is gone, its output ends at once unless somebody it started lives on and holds it: seconds for the
 * rest of it.
 */
const LONGEST_AFTER_END = 5000;

/**
 * Waits for the process and for all of its output; then nothing that it started is left.
 * @returns the exit code; 128 + the signal's number when it was killed.
 */
async function endOf(child: ChildProcess, tree: TreeWatch): Promise<number> {
  const closed = once(child, "close");
  const ended = await once(child, "exit");
  const timer = setTimeout(() => void tree.kill().finally(() => child.stdout?.destroy()), LONGEST_AFTER_END);
  await closed;
  clearTimeout(timer);
  await tree.kill();
  const [exitCode, signal] = ended as [number, null] | [null, NodeJS.Signals];
  return exitCode === null ? 128 + constants.signals[signal] : exitCode;
}

function startError(program: string, cause: Error | null): TrainError {
  return new TrainError(
    "worker-start",
    {
      file: program,
      place: "file",
      got: `the error "${cause?.message ?? "no process"}"`,
      expected: "the trainer's Python or the launcher",
      advice: "vsi-train doctor says what is missing.",
    },
    { cause },
  );
}

/**
 * Asks the training processes to save a checkpoint and to end.
 *
 * torchrun itself is not sent the signal: it would end its ranks after a while (torch 2.13,
 * elastic/multiprocessing/api.py), whatever they are saving. It starts each rank in a session of its own: a rank is a
 * child that leads its group. Where there is none, the launcher keeps its processes in its own group.
 *
 * @param pid the worker or its launcher, started with `detached`.
 */
async function interruptWorker(pid: number, hasLauncher: boolean, signal: NodeJS.Signals): Promise<void> {
  if (!hasLauncher) {
    // Only the worker: its helpers (data loading, rewards) must live until its checkpoint is saved.
    sendSignal(pid, signal);
    return;
  }
  const processes = await listProcesses();
  const ranks = processes.filter((process) => process.parent === pid && process.group === process.pid);
  if (ranks.length === 0) sendSignal(-pid, signal);
  for (const rank of ranks) sendSignal(rank.pid, signal);
}

/**
 * 16 Mi characters: the longest event, `ready` with TRL's configuration, is some ten thousand; stops output without
 * line ends from filling the memory.
 */
const LONGEST_LINE = 16 * 1024 * 1024;

/** Splits a stream into lines. Lines over the limit are handed on in pieces. */
interface LineSplitter {
  push(bytes: Uint8Array): void;
  /** Hands on a last line without an end. */
  end(): void;
}

/** @param onLine gets each line without its end. */
export function splitLines(onLine: (line: string) => void): LineSplitter {
  const decoder = new StringDecoder("utf8");
  let unfinished = "";
  return {
    push(bytes) {
      const pieces = (unfinished + decoder.write(Buffer.from(bytes))).split("\n");
      unfinished = pieces.pop() ?? "";
      for (const piece of pieces) onLine(piece.replace(/\r$/, ""));
      if (unfinished.length > LONGEST_LINE) {
        onLine(unfinished);
        unfinished = "";
      }
    },
    end() {
      const last = unfinished + decoder.end();
      unfinished = "";
      if (last !== "") onLine(last);
    },
  };
}
