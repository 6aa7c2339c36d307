export { BuildStoppedError } from "@vsi/command";
export {
  type AuditOptions,
  type AuditReport,
  auditDataset,
  DEFAULT_AUDIT_OPTIONS,
  type Problem,
  type VerifyReport,
  verifyDataset,
} from "@vsi/inspect";
export type { DataFormat, DatasetSettings, SplitChoice } from "@vsi/publish";
export { type BuildListeners, buildDataset } from "./buildDataset.ts";
export { type DryRunReport, dryRun } from "./dryRun.ts";
export { type MergeShardsOptions, mergeShards } from "./mergeShards.ts";
export { type BuildOptions, DEFAULT_BUILD_OPTIONS } from "./options.ts";
export type { BuildReport } from "./report.ts";
export type { Shard } from "./shards.ts";
