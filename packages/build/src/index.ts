export { type AuditReport, auditDataset } from "./audit/auditDataset.ts";
export { type AuditOptions, DEFAULT_AUDIT_OPTIONS } from "./audit/auditOptions.ts";
export { type BuildListeners, buildDataset } from "./buildDataset.ts";
export {
  type BuildOptions,
  type DataFormat,
  type DatasetSettings,
  DEFAULT_BUILD_OPTIONS,
  type SplitChoice,
} from "./buildOptions.ts";
export type { BuildReport } from "./buildReport.ts";
export { BuildStoppedError } from "./buildStoppedError.ts";
export { type DryRunReport, dryRun } from "./dryRun.ts";
export { type MergeShardsOptions, mergeShards } from "./mergeShards.ts";
export type { Shard } from "./shards/shard.ts";
export type { Problem } from "./verify/problem.ts";
export { type VerifyReport, verifyDataset } from "./verify/verifyDataset.ts";
