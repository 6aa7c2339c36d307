import type { Table } from "@vsi/report";
import type { Difference } from "./evaluate.ts";
import type { SeedResult } from "./trainSeed.ts";

/** One row a seed, in percent of the held-out questions. */
export function resultTable(results: readonly SeedResult[]): Table {
  const heads = ["before GRPO", "after GRPO", "gain", "95 %", "frames blanked", "frames swapped"];
  return {
    columns: [{ head: "seed" }, ...heads.map((head) => ({ head, align: "right" as const }))],
    rows: results.map(({ seed, before, after, gain, blanked, swapped }) => [
      String(seed),
      percent(before),
      percent(after),
      percent(gain.value),
      `${percent(gain.interval[0])} to ${percent(gain.interval[1])}`,
      percent(blanked),
      percent(swapped),
    ]),
  };
}

/** What did not come out as it must, a line each; none when all claims hold. */
export function failedClaims(results: readonly SeedResult[]): string[] {
  return results.flatMap(({ seed, gain, overBlanked, overSwapped }) => [
    ...claim(`Seed ${seed}: GRPO gains`, gain),
    ...claim(`Seed ${seed}: the frames are needed; over blanked ones the model gains`, overBlanked),
    ...claim(`Seed ${seed}: the frames are needed; over swapped ones the model gains`, overSwapped),
  ]);
}

function claim(what: string, { interval: [low, high] }: Difference): string[] {
  if (low > 0) return [];
  return [`${what} ${percent(low)} to ${percent(high)} points, expected more than 0.`];
}

function percent(share: number): string {
  return (100 * share).toFixed(1);
}
