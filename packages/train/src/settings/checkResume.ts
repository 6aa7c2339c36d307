import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { UsageError } from "@vsi/command";
import { hashFile } from "@vsi/dataset/node";
import type { TrainingRow } from "../data/trainingRow.ts";
import { WORKER_SETTINGS } from "../worker/startWorker.ts";
import { ROWS_FILES } from "./resolveSettings.ts";
import type { RunSettings } from "./runSettings.ts";

/** What a checkpoint was made of: the same weights in the same place. Learning rate or steps may change on the way. */
const FIXED = ["method", "model", "model_revision", "lora", "adapter"] as const;

/**
 * Checks that a run goes on as it began: the same weights, and the same rows in the same order, of which a checkpoint
 * counts how many were taken. A run that was ended before it started has nothing to compare with.
 *
 * @throws UsageError naming what differs.
 */
export async function checkResume(settings: RunSettings, rows: readonly TrainingRow[]): Promise<void> {
  const text = await readFile(join(settings.run, WORKER_SETTINGS), "utf8").catch(() => null);
  if (text === null) return;
  const earlier = JSON.parse(text) as RunSettings;
  for (const name of FIXED) {
    const [before, now] = [JSON.stringify(earlier[name]), JSON.stringify(settings[name])];
    if (before !== now) {
      throw new UsageError(
        `--resume: the run began with ${name} ${before}, now it is ${now}. Start another run in another --out.`,
      );
    }
  }
  const hash = createHash("sha256");
  for (const row of rows) hash.update(`${JSON.stringify(row)}\n`);
  if (hash.digest("hex") === (await hashFile(join(settings.run, ROWS_FILES.train)))) return;
  throw new UsageError(
    `--resume: the rows are not those of ${join(settings.run, ROWS_FILES.train)}: the dataset, or --mode, --types, --limit, --frames or --seed changed. Start another run in another --out.`,
  );
}
