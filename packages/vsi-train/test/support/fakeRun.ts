import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { RunSettings } from "../../src/settings/runSettings.ts";

/** A program in the place of the trainer's Python; see its first lines. */
export const FAKE_WORKER = fileURLToPath(new URL("./fakeWorker.js", import.meta.url));

/** Settings of a run for the fake worker. @param trainer what the fake worker does. */
export function fakeSettings(run: string, trainer: Record<string, unknown>): RunSettings {
  return {
    method: "grpo",
    model: "fake",
    model_revision: null,
    run,
    rows: join(run, "train.jsonl"),
    held_out_rows: null,
    trainer,
    lora: null,
    pixels: { min: null, max: null },
    reward_command: null,
    reward: null,
    reward_weights: null,
    reward_plugin: null,
    given: [],
    resume: null,
    checks: { images: false },
    samples_every: 1,
    samples: 1,
    adapter: null,
    dry_run: false,
    measure: null,
  };
}
