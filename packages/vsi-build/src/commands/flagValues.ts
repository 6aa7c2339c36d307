import { splitAtCommas, UsageError } from "@vsi/command";
import { QUESTION_TYPES, type QuestionType } from "@vsi/dataset";
import type { FrameSampling } from "@vsi/geometry/node";
import type { Shard } from "../shards.ts";

/**
 * Reads --types.
 *
 * @throws UsageError naming what is no question type.
 */
export function parseTypes(values: readonly string[]): QuestionType[] {
  const names = splitAtCommas(values);
  if (names.length === 0) throw new UsageError(`--types: got none, expected one of ${QUESTION_TYPES.join(", ")}.`);
  return names.map((value) => {
    const type = QUESTION_TYPES.find((known) => known === value);
    if (type !== undefined) return type;
    throw new UsageError(`--types: got ${value}, expected one of ${QUESTION_TYPES.join(", ")}.`);
  });
}

/**
 * Reads the TYPE=N values of --max-per-scene.
 *
 * @throws UsageError naming the value that is not of this form.
 */
export function parseMaxPerScene(values: readonly string[]): Partial<Record<QuestionType, number>> {
  const caps: Partial<Record<QuestionType, number>> = {};
  for (const value of values) {
    const [name, number, ...rest] = value.split("=");
    const type = QUESTION_TYPES.find((known) => known === name);
    if (type === undefined || number === undefined || !/^\d{1,9}$/.test(number) || rest.length > 0) {
      throw new UsageError(
        `--max-per-scene: got ${value}, expected TYPE=N such as object_abs_distance=20. Types: ${QUESTION_TYPES.join(", ")}.`,
      );
    }
    caps[type] = Number(number);
  }
  return caps;
}

/**
 * Reads --frame-size.
 *
 * @throws UsageError when it is not WIDTHxHEIGHT.
 */
export function parseFrameSize(value: string): { width: number; height: number } {
  const [, width, height] = /^([1-9]\d{0,4})x([1-9]\d{0,4})$/.exec(value) ?? [];
  if (width === undefined || height === undefined) {
    throw new UsageError(`--frame-size: got ${value}, expected WIDTHxHEIGHT in pixels, such as 640x480.`);
  }
  return { width: Number(width), height: Number(height) };
}

/**
 * Reads --sampling.
 *
 * @throws UsageError when it is none of the ways to sample.
 */
export function parseSampling(value: string): FrameSampling {
  if (value === "uniform" || value === "coverage") return value;
  const step = /^every:([1-9]\d{0,6})$/.exec(value)?.[1];
  if (step !== undefined) return { every: Number(step) };
  throw new UsageError(`--sampling: got ${value}, expected uniform, coverage, or every:N such as every:10.`);
}

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
    throw new UsageError(
      `--shard: got ${value}, expected INDEX/TOTAL such as 0/8 (the last is 7/8), or auto/8 in a job array.`,
    );
  }
  const index = parts[1] === "auto" ? indexFrom(environment, value) : Number(parts[1]);
  if (index < total) return { index, total };
  throw new UsageError(
    `--shard: got index ${index} of ${total}, expected 0 to ${total - 1}. Number the job array from 0, as in --array=0-${total - 1}.`,
  );
}

function indexFrom(environment: NodeJS.ProcessEnv, value: string): number {
  for (const name of INDEX_VARIABLES) {
    const index = environment[name];
    if (index === undefined || index === "") continue;
    if (/^\d{1,6}$/.test(index)) return Number(index);
    throw new UsageError(`--shard ${value}: ${name} is ${JSON.stringify(index)}, expected a whole number from 0 on.`);
  }
  throw new UsageError(
    `--shard ${value}: neither ${INDEX_VARIABLES.join(" nor ")} is set. Run it in a job array, or say the index, as in 0/8.`,
  );
}
