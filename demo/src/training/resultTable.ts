import type { Table } from "@vsi/report";
import type { Difference } from "./evaluate.ts";
import type { SeedResult } from "./trainSeed.ts";

/** One row a seed, in percent of the held-out questions. */
export function resultTable(results: readonly SeedResult[]): Table {
  const heads = ["before GRPO", "after GRPO", "gain", "95 %", "without frames", "other rooms' frames"];
  return {
    columns: [{ head: "seed" }, ...heads.map((head) => ({ head, align: "right" as const }))],
    rows: results.map(({ seed, before, after, gain, withoutFrames, otherRooms }) => [
      String(seed),
      percent(before),
      percent(after),
      percent(gain.value),
      `${percent(gain.interval[0])} to ${percent(gain.interval[1])}`,
      percent(withoutFrames),
      percent(otherRooms),
    ]),
  };
}

/** What did not come out as it must, a line each; none when all claims hold. */
export function failedClaims(results: readonly SeedResult[]): string[] {
  return results.flatMap(({ seed, gain, overWithoutFrames, overOtherRooms }) => [
    ...claim(`Seed ${seed}: GRPO gains`, gain),
    ...claim(`Seed ${seed}: the frames are needed; over none the model gains`, overWithoutFrames),
    ...claim(`Seed ${seed}: the frames are needed; over other rooms' the model gains`, overOtherRooms),
  ]);
}

function claim(what: string, { interval: [low, high] }: Difference): string[] {
  if (low > 0) return [];
  return [`${what} ${percent(low)} to ${percent(high)} points, expected more than 0.`];
}

function percent(share: number): string {
  return (100 * share).toFixed(1);
}
