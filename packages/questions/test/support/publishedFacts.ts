import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { factsFromMetaInfo, type SceneFacts } from "@vsi/geometry";

const SHARED_DATA = process.env.VSI_SHARED_DATA ?? join(import.meta.dirname, "../../../../../shared/data");

/** VSI-Bench's published facts of 88 ScanNet scans; they are not part of this repository. */
const FILE = join(SHARED_DATA, "vsi-bench/scannet_meta_info_val.json");

/** Whether they are there; says so when they are not. */
export function hasPublishedFacts(): boolean {
  const isThere = existsSync(FILE);
  if (!isThere) {
    process.stderr.write(`Skipped: VSI-Bench's published facts are not at ${FILE} (set VSI_SHARED_DATA).\n`);
  }
  return isThere;
}

export function publishedFacts(): SceneFacts[] {
  return factsFromMetaInfo(JSON.parse(readFileSync(FILE, "utf8")), { file: FILE });
}
