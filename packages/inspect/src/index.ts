export {
  type AuditOptions,
  type AuditReport,
  auditDataset,
  DEFAULT_AUDIT_OPTIONS,
  type TypeAudit,
} from "./audit/audit.ts";
export type { DebiasReport } from "./audit/debias.ts";
export type { AuditQuestion, QuestionGroup } from "./audit/questions.ts";
export type { Problem } from "./folder/problem.ts";
export type { DatasetStats } from "./stats.ts";
export { type VerifyOptions, type VerifyReport, verifyDataset } from "./verify/verifyDataset.ts";
