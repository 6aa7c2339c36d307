import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** The command of the reward worker: @vsi/scoring's vsi-reward, under this Node. Each training process starts its own. */
export function rewardCommand(): string[] {
  const entry = createRequire(import.meta.url).resolve("@vsi/scoring");
  return [process.execPath, join(dirname(entry), "..", "bin", "vsi-reward.js")];
}
