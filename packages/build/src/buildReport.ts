import type { QuestionType, Reject } from "@vsi/dataset";
import type { DatasetSettings } from "./publish/settings.ts";
import { type BuildCounts, questionsOfType } from "./output/buildCounts.ts";
import type { Shard } from "./shards/shard.ts";

/** The closing table as data; `--json` prints it. */
export interface BuildReport {
  out: string;
  /** The part that was built; null for a whole dataset. */
  shard: Shard | null;
  scans_read: number;
  /** Scans that could not be used; each makes the exit code 1. */
  scans_skipped: { scan: string; code: string; message: string }[];
  /** ScanNet's test scans among those found: they carry no annotation and are no failure. */
  test_scans: number;
  /** Scans that --exclude left out. */
  excluded_scans: number;
  /** Known irregularities that were repaired. */
  warnings: string[];
  /** Per type that was asked for: questions written, and candidates drawn and refused. Empty for a shard. */
  questions: Partial<Record<QuestionType, { made: number; refused: number }>>;
  seconds: number;
}

/** What a build or a merge knows when it is done. */
export interface BuildOutcome {
  out: string;
  shard: Shard | null;
  settings: DatasetSettings;
  warnings: readonly string[];
  failures: readonly Reject[];
  testScans: number;
  excluded: number;
  scansRead: number;
  /** Null for a shard, whose questions are counted when it is merged. */
  counts: BuildCounts | null;
  /** `performance.now()` at the start. */
  started: number;
}

export function buildReport(outcome: BuildOutcome): BuildReport {
  const { counts } = outcome;
  return {
    out: outcome.out,
    shard: outcome.shard,
    scans_read: outcome.scansRead,
    scans_skipped: outcome.failures
      .map((reject) => ({ scan: reject.scene_name, code: reject.code, message: reject.message }))
      .sort((a, b) => (a.scan < b.scan ? -1 : 1)),
    test_scans: outcome.testScans,
    excluded_scans: outcome.excluded,
    warnings: outcome.warnings.toSorted(),
    questions: counts === null ? {} : questionRows(outcome.settings, counts),
    seconds: (performance.now() - outcome.started) / 1000,
  };
}

export function questionTotal(report: BuildReport): number {
  return Object.values(report.questions).reduce((sum, row) => sum + row.made, 0);
}

function questionRows(settings: DatasetSettings, counts: BuildCounts): BuildReport["questions"] {
  return Object.fromEntries(
    settings.types.map((type) => [type, { made: questionsOfType(counts, type), refused: counts.refused[type] ?? 0 }]),
  );
}
