import { UsageError } from "@vsi/command/program";
import type { Shard } from "../shards.ts";

/** Where schedulers put a task's index: a Slurm array's, a Kubernetes indexed job's. */
const INDEX_VARIABLES = ["SLURM_ARRAY_TASK_ID", "JOB_COMPLETION_INDEX"] as const;

/**
 * Reads --shard: "0/8" to "7/8", or "auto/8" for the index that the scheduler gives. The total is always written out: a
 * scheduler that runs one task of an array again counts only that one.
 *
 * @throws UsageError with what is wrong and an example.
 */
export function parseShard(value: string, environment: NodeJS.ProcessEnv = process.env): Shard {
  const parts = /^(\d{1,6}|auto)\/(\d{1,6})$/.exec(value);
  const total = Number(parts?.[2]);
  if (parts === null || total < 1) {
    throw new UsageError(`got ${value}, expected INDEX/TOTAL such as 0/8 (the last is 7/8), or auto/8 in a job array.`);
  }
  const index = parts[1] === "auto" ? indexFrom(environment, value) : Number(parts[1]);
  if (index < total) return { index, total };
  throw new UsageError(
    `got index ${index} of ${total}, expected 0 to ${total - 1}. Number the job array from 0, as in --array=0-${total - 1}.`,
  );
}

function indexFrom(environment: NodeJS.ProcessEnv, value: string): number {
  for (const name of INDEX_VARIABLES) {
    const index = environment[name];
    if (index === undefined || index === "") continue;
    if (/^\d{1,6}$/.test(index)) return Number(index);
    throw new UsageError(`got ${value}, but ${name} is ${JSON.stringify(index)}, expected a whole number from 0 on.`);
  }
  throw new UsageError(
    `got ${value}, but neither ${INDEX_VARIABLES.join(" nor ")} is set. Run it in a job array, or say the index, as in 0/8.`,
  );
}
