import type { DatasetSplit } from "@vsi/dataset";
import { auditGroup, type TypeAudit } from "./auditGroup.ts";
import type { AuditOptions } from "./auditOptions.ts";
import { readQuestionGroups } from "./questions/readQuestionGroups.ts";
import { chooseSplits, readManifest } from "./readManifest.ts";

/** What the audit found in a dataset; `--json` prints it. */
export interface AuditReport extends AuditOptions {
  /** The dataset's name. */
  dataset: string;
  /** By split; a split is looked at on its own, so that none tells of another. Types in the order of QUESTION_TYPES. */
  splits: Partial<Record<DatasetSplit, TypeAudit[]>>;
}

/**
 * Looks for what gives answers away without looking at a room: "train on the test set" (Brown et al., arXiv 2511.04655), in each
 * split on its own, each room guessed at from other rooms alone.
 *
 * @param splits the splits to look at; none for all.
 * @throws UsageError when the folder is no dataset or lacks a split, DatasetError naming file and line of what cannot be read.
 */
export async function auditDataset(
  folder: string,
  splits: readonly DatasetSplit[],
  options: AuditOptions,
): Promise<AuditReport> {
  const manifest = await readManifest(folder);
  const report: AuditReport = { dataset: manifest.name, limit: options.limit, seed: options.seed, splits: {} };
  for (const split of chooseSplits(manifest, splits)) {
    const groups = await readQuestionGroups(folder, split);
    report.splits[split] = groups.map((group) => auditGroup(group, options));
  }
  return report;
}
