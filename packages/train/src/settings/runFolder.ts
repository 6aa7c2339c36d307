import { resolve } from "node:path";
import type { TrainOptions } from "./trainOptions.ts";

/**
 * The folder that this host's worker runs in: the run's own, but on a further host a folder below it, hosts/<number>, so
 * that no two hosts write one file.
 */
export function runFolder({ out, launch }: Pick<TrainOptions, "out" | "launch">): string {
  return launch.host === 0 ? resolve(out) : resolve(out, "hosts", String(launch.host));
}
