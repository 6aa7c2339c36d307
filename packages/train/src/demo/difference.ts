import { join } from "node:path";
import { SCORE_FILES } from "./evaluate.ts";
import { readJson } from "./readJson.ts";
import { runCommand } from "./runCommand.ts";

/** How much larger the share of right answers is in one evaluation than in another, 0 to 1, with its 95 % interval. */
export interface Difference {
  value: number;
  interval: readonly [low: number, high: number];
}

/** What the demo reads in the JSON of `vsi-eval compare`. */
interface Comparison {
  rows: { row: string; robust: { difference: number; interval: [number, number] } }[];
}

/** Compares two evaluations by `vsi-eval compare`: a paired bootstrap grouped by room. @param output file for its JSON. */
export async function difference(a: string, b: string, output: string, signal: AbortSignal): Promise<Difference> {
  const reports = [join(a, SCORE_FILES.exact), join(b, SCORE_FILES.exact)];
  await runCommand("vsi-eval", ["compare", ...reports, "--json"], { signal, output });
  const { rows } = await readJson<Comparison>(output);
  const { robust } = rows.find(({ row }) => row === "object_counting")!;
  return { value: robust.difference, interval: robust.interval };
}
