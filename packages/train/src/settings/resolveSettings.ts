import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { rewardCommand } from "./rewardCommand.ts";
import type { RunSettings } from "./runSettings.ts";
import { trainerArguments } from "./trainerArguments.ts";
import type { TrainOptions } from "./trainOptions.ts";

/** The files of a run that hold its rows. */
export const ROWS_FILES = { train: join("rows", "train.jsonl"), heldOut: join("rows", "held-out.jsonl") } as const;

/** Ours: often enough to watch a policy change, rare enough to read. */
const SAMPLES = { every: 10, kept: 4 } as const;

/**
 * What the Python worker is told.
 *
 * @param run the folder that this host's worker runs in: the run's own, but on further hosts a folder below it.
 * @param hasHeldOut whether there are rows to evaluate with.
 */
export function resolveSettings(options: TrainOptions, run: string, hasHeldOut: boolean): RunSettings {
  const { method, resume } = options;
  return {
    method,
    // A name like "org/model" that is also a folder here is that folder, as for transformers.
    model: existsSync(options.model) ? resolve(options.model) : options.model,
    model_revision: options.revision,
    run: resolve(run),
    rows: resolve(run, ROWS_FILES.train),
    held_out_rows: hasHeldOut ? resolve(run, ROWS_FILES.heldOut) : null,
    trainer: trainerArguments(options, hasHeldOut),
    lora: options.lora,
    pixels: { min: null, max: options.maxPixels },
    reward_command: method === "grpo" ? rewardCommand() : null,
    resume: resume === null || resume === "latest" ? resume : resolve(resume.checkpoint),
    checks: { images: true },
    samples_every: SAMPLES.every,
    samples: SAMPLES.kept,
    adapter: options.adapter === null ? null : resolve(options.adapter),
    dry_run: false,
  };
}
