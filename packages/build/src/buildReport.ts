import type { QuestionType } from "@vsi/dataset";

/** The closing table as data; `--json` prints it. */
export interface BuildReport {
  out: string;
  scans_read: number;
  /** Scans that could not be used; each makes the exit code 1. */
  scans_skipped: { scan: string; code: string; message: string }[];
  /** ScanNet's test scans among those found: they carry no annotation and are no failure. */
  test_scans: number;
  /** Known irregularities that were repaired. */
  warnings: string[];
  /** Per type that was asked for: questions written, and candidates drawn and refused. */
  questions: Partial<Record<QuestionType, { made: number; refused: number }>>;
  seconds: number;
}

export function questionTotal(report: BuildReport): number {
  return Object.values(report.questions).reduce((sum, row) => sum + row.made, 0);
}
