import { TrainError } from "../trainError.ts";

/** How the worker is started. */
export interface WorkerLaunch {
  /** The trainer's Python. */
  python: string;
  /** Training processes on this machine. */
  processes: number;
  /**
   * A launcher for several hosts, with all its arguments, such as torchrun with its rendezvous or `accelerate launch`; what
   * it starts is the Python module vsi_trainer. null: plain Python, or torchrun on this machine alone.
   */
  launcher: readonly string[] | null;
}

/**
 * torchrun's arguments for every launch. A scheduler's signal reaches torchrun beside us, and it kills its ranks 30 seconds
 * after one: a step and a checkpoint of a large model take minutes. Ten of them.
 */
export const TORCHRUN = ["-m", "torch.distributed.run", "--shutdown-timeout=600"] as const;

/**
 * The command that runs worker.json.
 * @throws TrainError "processes-unfit" when the number of processes is not a whole number of at least 1.
 */
export function workerCommand({ python, processes, launcher }: WorkerLaunch, workerJson: string): string[] {
  if (!Number.isSafeInteger(processes) || processes < 1) {
    throw new TrainError("processes-unfit", {
      file: "--processes",
      place: "its value",
      got: String(processes),
      expected: "a whole number of at least 1",
      advice: "Give the number of GPUs to train on.",
    });
  }
  const worker = ["-m", "vsi_trainer", workerJson];
  if (launcher !== null) return [...launcher, ...worker];
  if (processes === 1) return [python, ...worker];
  // torchrun as a module of the same Python, which the PATH need not know; --standalone takes a free port.
  return [python, ...TORCHRUN, "--standalone", `--nproc_per_node=${processes}`, ...worker];
}
