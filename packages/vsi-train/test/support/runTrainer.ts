import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { forkingPython } from "@vsi/testing/forkingPython";
import { madeOnce } from "@vsi/testing/madeOnce";
import { trainerPython } from "@vsi/testing/trainerPython";

/** One line the worker writes; the fields depend on the event. */
export interface WorkerEvent {
  event: string;
  // biome-ignore lint/suspicious/noExplicitAny: the tests read fields whose types each event defines
  [field: string]: any;
}

/** What a run left behind. */
export interface WorkerRun {
  status: number | null;
  events: WorkerEvent[];
  stderr: string;
}

/** How a run is started and disturbed. */
export interface RunOptions {
  /** Processes, by torchrun and gloo where more than one. */
  processes?: number;
  /** A Python file that runs instead of `-m vsi_trainer`. */
  driver?: string;
  /** Sees every event as it comes, and may end the process. */
  onEvent?: (event: WorkerEvent, worker: Pick<ChildProcess, "kill">) => void;
}

const packageFolder = fileURLToPath(new URL("../..", import.meta.url));

/** The reward worker as built. */
export const rewardCommand = ["node", join(packageFolder, "../scoring/bin/vsi-reward.js")];

/** Settings that every test shares: a CPU, a report for each step, and TRL's lengths off, which cut image tokens. */
export function cpuTrainer(settings: Record<string, unknown>): Record<string, unknown> {
  return {
    use_cpu: true,
    bf16: false,
    gradient_checkpointing: false,
    logging_steps: 1,
    lr_scheduler_type: "constant",
    seed: 0,
    ...settings,
  };
}

/**
 * Settings of GRPO as VSI-100k's paper means it (packages/vsi-train/python/vsi_trainer/grpo.py), for the tiny model.
 */
export function grpoTrainer(settings: Record<string, unknown>): Record<string, unknown> {
  return cpuTrainer({
    loss_type: "grpo",
    use_bias_correction_kl: false,
    epsilon: 0.2,
    beta: 0.02,
    num_generations: 4,
    per_device_train_batch_size: 8,
    max_completion_length: 6,
    learning_rate: 1e-3,
    ...settings,
  });
}

/** One thread: the tiny model is faster with it, and sums come out the same each time. Never goes to a hub. */
const ENVIRONMENT: NodeJS.ProcessEnv = {
  ...process.env,
  PYTHONPATH: join(packageFolder, "python"),
  HF_HUB_OFFLINE: "1",
  OMP_NUM_THREADS: "1",
  PYTHONDONTWRITEBYTECODE: "1",
};

/** Runs a program, by its words for Python, in a fork that has the worker's libraries imported. */
export async function runForked(words: readonly string[], options: RunOptions = {}): Promise<WorkerRun> {
  return runToEnd(await forkingPython(), words, options);
}

/** Runs the trainer's Python in a process of its own, for what a fork can't show. */
export function runPython(words: readonly string[], options: RunOptions = {}): Promise<WorkerRun> {
  return runToEnd(trainerPython as string, words, options);
}

async function runToEnd(python: string, words: readonly string[], options: RunOptions): Promise<WorkerRun> {
  const worker = spawn(python, words, { stdio: ["ignore", "pipe", "pipe"], env: ENVIRONMENT });
  const ended = once(worker, "exit");
  const stderr = text(worker.stderr);
  const events: WorkerEvent[] = [];
  for await (const line of createInterface({ input: worker.stdout })) {
    // Nothing but events may come on standard output: a line that is not JSON fails here.
    const event: WorkerEvent = JSON.parse(line);
    events.push(event);
    options.onEvent?.(event, worker);
  }
  const [status] = (await ended) as [number | null];
  return { status, events, stderr: await stderr };
}

/** Writes worker.json into `settings.run` and runs it; by itself in a fork that has the worker's libraries imported. */
export async function runTrainer(
  settings: Record<string, unknown> & { run: string },
  options: RunOptions = {},
): Promise<WorkerRun> {
  await mkdir(settings.run, { recursive: true });
  const file = join(settings.run, "worker.json");
  await writeFile(file, JSON.stringify({ checks: { images: true }, ...settings }));
  const { driver, processes } = options;
  const program = driver === undefined ? ["-m", "vsi_trainer"] : [driver];
  if (processes === undefined) return runForked([...program, file], options);
  // The launcher is a process of its own, and what it starts are forks: each would import the libraries otherwise.
  const launcher = ["-m", "torch.distributed.run", "--standalone", "--nproc_per_node", String(processes)];
  return runPython([...launcher, "--no-python", await forkingPython(), ...program, file], options);
}

/** Writes the tiny model of a seed and returns its folder. */
export async function makeTinyModel(folder: string, seed = 0): Promise<string> {
  const out = join(folder, `tiny-${seed}`);
  expectDone(await runForked(["-m", "vsi_trainer.tiny_model", out, "--seed", String(seed)]));
  return out;
}

/** The folder of the tiny model of seed 0, which all suites share: change a copy. */
export async function sharedTinyModel(): Promise<string> {
  return join(await madeOnce("tiny-model", (folder) => makeTinyModel(folder)), "tiny-0");
}

/** Expects that a run ended well; else its last words are shown. */
export function expectDone(run: WorkerRun): void {
  if (run.status !== 0) throw new Error(`the worker ended with status ${run.status}:\n${run.stderr.slice(-4000)}`);
}

/** The events of one kind. */
export function eventsOf(run: WorkerRun, event: string): WorkerEvent[] {
  return run.events.filter((each) => each.event === event);
}
