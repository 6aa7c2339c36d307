import { UsageError } from "@vsi/command";
import type { FrameSampling } from "@vsi/geometry/node";

/** @throws UsageError when it is none of the ways to sample. */
export function parseSampling(value: string): FrameSampling {
  if (value === "uniform" || value === "coverage") return value;
  const step = /^every:([1-9]\d{0,6})$/.exec(value)?.[1];
  if (step !== undefined) return { every: Number(step) };
  throw new UsageError(`--sampling: got ${value}, expected uniform, coverage, or every:N such as every:10.`);
}
