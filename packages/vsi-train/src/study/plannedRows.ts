import { UsageError } from "@vsi/command";
import { askWorker } from "../dryRun/askWorker.ts";
import { prepareRows } from "../rows/prepareRows.ts";
import type { TrainingRow } from "../rows/rows.ts";
import { worldSize } from "../settings/launch.ts";
import { resolveSettings } from "../settings/resolveSettings.ts";
import { checkRows, type TrainOptions } from "../settings/trainOptions.ts";
import type { PlannedRun } from "./plan.ts";
import { stateOf } from "./state.ts";

/** What a training would be given. */
export interface PlannedRows {
  count: number;
  first: TrainingRow[];
}

/** @throws DatasetError and UsageError as in prepareRows. */
export type RowsOf = (options: TrainOptions) => Promise<PlannedRows>;

/** Reads the rows of trainings, once for all that are given the same; seeds only draw and order them. */
export function plannedRows(): RowsOf {
  const known = new Map<string, Promise<PlannedRows>>();
  return (options) => {
    const { data, framesDir, split, types, limit, mode, method, frames, reward, rewardWeights } = options;
    const key = JSON.stringify({ data, framesDir, split, types, limit, mode, method, frames, reward, rewardWeights });
    const found =
      known.get(key) ??
      prepareRows({ ...options, heldOut: 0 }).then(({ train }) => ({ count: train.length, first: train.slice(0, 1) }));
    known.set(key, found);
    return found;
  };
}

/**
 * Checks each training that is left as `vsi-train sft|dpo|grpo` does when it starts: its rows, and that TRL has what --set
 * names. A mistake in the last cell is said now, not once all others are trained.
 *
 * @param python the trainer's; without one TRL is not asked.
 * @throws UsageError with the cell's place in the study; DatasetError as in prepareRows.
 */
export async function checkTrainings(
  runs: readonly PlannedRun[],
  rowsOf: RowsOf,
  python: string | null,
): Promise<void> {
  const asked = new Set<string>();
  for (const run of runs) {
    const { options, cell } = run;
    if (options === null || !["missing", "training"].includes(await stateOf(run))) continue;
    try {
      const { count, first } = await rowsOf(options);
      checkRows(options, count);
      const key = JSON.stringify([options.method, options.preset, options.given]);
      if (python === null || Object.keys(options.given).length === 0 || asked.has(key)) continue;
      asked.add(key);
      const processes = worldSize(options.launch);
      await askWorker(resolveSettings(options, options.out, false), first, { python, processes });
    } catch (error) {
      if (error instanceof UsageError) throw new UsageError(`${cell.place}: cell ${cell.id}: ${error.message}`);
      throw error;
    }
  }
}
