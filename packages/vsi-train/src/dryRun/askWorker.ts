import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { UsageError } from "@vsi/command";
import { pythonEnvironment } from "../environment/trainerPython.ts";
import { TrainError } from "../errors.ts";
import { captureOutput } from "../process/programOutput.ts";
import type { TrainingRow } from "../rows/rows.ts";
import { parseEvent } from "../run/events.ts";
import { type RunSettings, WORKER_SETTINGS } from "../settings/runSettings.ts";

/** The Python worker's report about a run, without starting it. */
export interface WorkerDryRun {
  /** TRL's resolved configuration. */
  config: Record<string, unknown>;
  /** Tokens of each prompt, or null when the processor is not at hand. */
  token_counts: number[] | null;
  reason: string | null;
}

/**
 * Builds TRL's real configuration in the trainer's Python and counts the prompts' tokens; no weights are loaded.
 *
 * TRL sees only this one process, so the other processes' share of the batch is passed as accumulation: the effective
 * batch is the run's. DeepSpeed is left out: its configuration needs the package and a GPU.
 *
 * @param rows those whose tokens are counted.
 * @throws UsageError for a setting of --set that TRL has not, or that does not fit, and for a model whose chat template
 * changes answers; TrainError "dry-run-failed" with what the worker said.
 */
export async function askWorker(
  settings: RunSettings,
  rows: readonly TrainingRow[],
  trainer: { python: string; processes: number },
): Promise<WorkerDryRun> {
  const folder = await mkdtemp(join(tmpdir(), "vsi-train-dry-run-"));
  try {
    const lines = `${rows.map((row) => JSON.stringify(row)).join("\n")}\n`;
    const rowsFile = join(folder, "rows.jsonl");
    await writeFile(rowsFile, lines);
    await mkdir(join(folder, "checkpoints"));
    const held_out_rows = settings.held_out_rows === null ? null : rowsFile;
    const told: RunSettings = {
      ...settings,
      run: folder,
      rows: rowsFile,
      held_out_rows,
      trainer: forOneProcess(settings.trainer, trainer.processes),
      resume: null,
      dry_run: true,
    };
    const workerJson = join(folder, WORKER_SETTINGS);
    await writeFile(workerJson, JSON.stringify(told));
    return await readAnswer(trainer.python, workerJson);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function forOneProcess(trainer: RunSettings["trainer"], processes: number): RunSettings["trainer"] {
  const { deepspeed: _deepspeed, ...rest } = trainer;
  const multiplied = ["gradient_accumulation_steps", "per_device_eval_batch_size"].filter((name) => name in rest);
  return { ...rest, ...Object.fromEntries(multiplied.map((name) => [name, Number(rest[name]) * processes])) };
}

async function readAnswer(python: string, workerJson: string): Promise<WorkerDryRun> {
  const environment = { ...pythonEnvironment(), HF_HUB_OFFLINE: "1" };
  const output = await captureOutput([python, "-m", "vsi_trainer", workerJson], { env: environment });
  for (const line of output.stdout.split("\n")) {
    if (!line.startsWith('{"event": "dry_run"')) continue;
    const { config, token_counts, reason } = JSON.parse(line) as WorkerDryRun;
    return { config, token_counts, reason };
  }
  const refused = wordsOfError(output.stdout);
  if (refused?.startsWith("--") === true) throw new UsageError(refused);
  const said = refused ?? (output.stdout + output.stderr).trim().split("\n").at(-1);
  throw new TrainError("dry-run-failed", {
    file: python,
    place: "-m vsi_trainer",
    got: output.failure ?? (said || `exit code ${output.exitCode}`),
    expected: "TRL's configuration",
    advice: "A setting may not suit this version of TRL; vsi-train doctor says what is installed.",
  });
}

/** What the worker itself says of its end; null where it says nothing. */
function wordsOfError(stdout: string): string | null {
  for (const line of stdout.split("\n")) {
    const event = line.startsWith('{"event": "error"') ? parseEvent(line) : null;
    if (event?.event === "error") return event.message;
  }
  return null;
}
