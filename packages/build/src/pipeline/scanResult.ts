import type { Question, QuestionType, Reject } from "@vsi/dataset";
import type { SceneFacts } from "@vsi/geometry";

/** A scan that became questions. Kept as one JSON file until all scans are done. */
export interface ScanSuccess {
  status: "read";
  scanId: string;
  facts: SceneFacts;
  questions: Question[];
  rejects: Reject[];
  notDrawn: Partial<Record<QuestionType, number>>;
  /** Known irregularities that were repaired. */
  warnings: string[];
}

/** A scan that was left out: its files are not what they should be. */
export interface ScanFailure {
  status: "skipped";
  scanId: string;
  reject: Reject;
}

export type ScanResult = ScanSuccess | ScanFailure;
