import { resolve } from "node:path";
import { UsageError } from "@vsi/command";
import type { TrainOptions } from "./settings.ts";

/**
 * GRPO compares the completions of one question: a step has to hold whole groups.
 *
 * @throws UsageError with the batch as it is, and what would fit.
 */
export function checkBatch(step: { batch: number; accumulation: number; processes: number; rollouts: number }): void {
  const { batch, accumulation, processes, rollouts } = step;
  const completions = batch * accumulation * processes;
  if (completions % rollouts === 0) return;
  const fitting = rollouts / greatestCommonDivisor(batch * processes, rollouts);
  throw new UsageError(
    `--batch ${batch} x --accumulation ${accumulation} x ${processes} processes = ${completions} completions a step, ` +
      `expected a multiple of --rollouts ${rollouts}: a question's group must not be cut. ` +
      `--accumulation ${fitting} (or a multiple of it) fits, or --batch ${rollouts}.`,
  );
}

function greatestCommonDivisor(one: number, other: number): number {
  return other === 0 ? one : greatestCommonDivisor(other, one % other);
}

/**
 * The folder that this host's worker runs in: the run's own, but on a further host a folder below it, hosts/<number>, so
 * that no two hosts write one file.
 */
export function runFolder({ out, launch }: Pick<TrainOptions, "out" | "launch">): string {
  return launch.host === 0 ? resolve(out) : resolve(out, "hosts", String(launch.host));
}
