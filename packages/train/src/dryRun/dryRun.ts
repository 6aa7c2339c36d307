import { join, resolve } from "node:path";
import { findTrainerPython } from "../environment/trainerPython.ts";
import { PRESETS } from "../presets/presets.ts";
import { launcherCommand, worldSize } from "../settings/launch.ts";
import { prepareRows } from "../settings/prepareRows.ts";
import { resolveSettings } from "../settings/resolveSettings.ts";
import type { RunSettings } from "../settings/runSettings.ts";
import type { TrainOptions } from "../settings/trainOptions.ts";
import { WORKER_SETTINGS } from "../worker/startWorker.ts";
import { workerCommand } from "../worker/workerCommand.ts";
import { askWorker, type WorkerDryRun } from "./askWorker.ts";
import { estimateMemory, type MemoryEstimate } from "./estimateMemory.ts";
import { modelShape } from "./modelShape.ts";
import { settingSources } from "./settingSources.ts";

/** As many prompts as fit on a screen. */
const SHOWN_PROMPTS = 3;

/** A question with its opening and mode's sentence comes to about so many tokens, the frames aside. */
const TEXT_TOKENS = 100;

/** What a run would do. */
export interface DryRunReport {
  preset: string;
  /** Where the settings come from, as settingSources says. */
  source: Record<string, string>;
  /** What the Python worker would be told. */
  settings: RunSettings;
  rows: { train: number; held_out: number; by_type: Record<string, number> };
  /** The first prompts; `tokens` is null where it is not known. */
  prompts: { id: string; text: string; images: string[]; tokens: number | null }[];
  /** Why counts are unknown, or what of the configuration differs here. */
  notes: string[];
  /** TRL's resolved configuration; null without the trainer's Python. */
  config: Record<string, unknown> | null;
  /** Bytes on each process, estimated; null for a model of unknown shape. */
  memory: MemoryEstimate | null;
  /** The exact command that would run. */
  command: string[];
}

/**
 * Reads and checks everything that a run reads, and says what it would do. Nothing is written, and no weights are loaded.
 *
 * @throws DatasetError as in prepareRows, TrainError "dry-run-failed" when TRL refuses the settings.
 */
export async function dryRun(options: TrainOptions): Promise<DryRunReport> {
  const rows = await prepareRows(options);
  const settings = resolveSettings(options, options.out, rows.heldOut.length > 0);
  const first = rows.train.slice(0, SHOWN_PROMPTS);
  const found = await findTrainerPython();
  const notes: string[] = [];
  let worker: WorkerDryRun | null = null;
  if ("missing" in found) {
    notes.push(`Token counts and TRL's configuration are unknown. ${found.missing}`);
  } else {
    worker = await askWorker(settings, first, { python: found.python, processes: worldSize(options.launch) });
    if (worker.reason !== null) notes.push(worker.reason);
    if (options.deepspeed !== null) notes.push("DeepSpeed's configuration is named below and was not built here.");
  }
  const python = "python" in found ? found.python : "python3";
  const { processes } = options.launch;
  const launch = { python, processes, launcher: launcherCommand(options.launch, python) };
  return {
    preset: options.preset,
    source: settingSources(options),
    settings,
    rows: { train: rows.train.length, held_out: rows.heldOut.length, by_type: rows.counts },
    prompts: first.map((row, index) => ({
      id: row.id,
      text: row.prompt[0]!.content,
      images: row.images,
      tokens: worker?.token_counts?.[index] ?? null,
    })),
    notes,
    config: worker?.config ?? null,
    memory: await estimateFor(options, settings, worker?.token_counts ?? null),
    command: workerCommand(launch, join(resolve(options.out), WORKER_SETTINGS)),
  };
}

async function estimateFor(
  options: TrainOptions,
  settings: RunSettings,
  counts: readonly number[] | null,
): Promise<MemoryEstimate | null> {
  const shape = await modelShape(settings.model);
  if (shape === null) return null;
  const { trainer, batch, accumulation } = options;
  const isGrpo = options.method === "grpo";
  const frameTokens = Math.ceil(options.maxPixels / shape.pixelsPerToken);
  return estimateMemory({
    shape,
    // An adapter that is gone on with is taken to be as large as the preset's.
    rank:
      options.lora?.r ??
      (options.adapter === null ? null : PRESETS[options.preset].methods[options.method]!.settings.lora.r),
    halfPrecision: trainer.bf16 === true,
    checkpointing: trainer.gradient_checkpointing === true,
    hasReference: options.method !== "sft" && trainer.beta !== 0,
    // A row of DPO is two answers, each behind its prompt.
    batch: options.method === "dpo" ? 2 * batch : batch,
    generated: isGrpo && options.vllm === null ? batch * accumulation : 0,
    promptTokens: counts === null ? options.frames * frameTokens + TEXT_TOKENS : Math.max(...counts),
    completionTokens: isGrpo ? Number(trainer.max_completion_length) : TEXT_TOKENS,
    zeroStage: zeroStage(options.deepspeed),
    processes: worldSize(options.launch),
  });
}

/** The stage of the configurations that come with the package; a file of the user's own is taken to share nothing. */
function zeroStage(deepspeed: string | null): number {
  return Number(/zero([23])\.json$/.exec(deepspeed ?? "")?.[1] ?? 0);
}
