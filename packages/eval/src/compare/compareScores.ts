import {
  BOOTSTRAP_DEFAULTS,
  type BootstrapOptions,
  bootstrapIntervals,
  type Interval,
} from "../score/bootstrapIntervals.ts";
import type { QuestionScore } from "../score/scoreReport.ts";
import { isInRow, isOfficialRow, OFFICIAL_ROWS, OTHER_ROWS, rowValues, type TableRow } from "../score/tableRows.ts";
import { type ScanValue, typeMeans } from "../score/typeMeans.ts";
import { type DifferingSetting, differingSettings } from "./differingSettings.ts";
import type { ComparedReport } from "./readScoreReport.ts";

/** The format and major version of what `vsi-eval compare --json` prints. */
export const COMPARISON_SCHEMA = "vsi-comparison/1";

/** One metric of one row, in 0 to 1; null where there is nothing to average or to draw from. */
export interface ComparedMetric {
  a: number | null;
  b: number | null;
  /** b - a. */
  difference: number | null;
  /** Of the difference, from the paired bootstrap. */
  interval: Interval | null;
}

/** One row of a comparison. */
export interface ComparisonRow {
  row: TableRow;
  questions: number;
  official: ComparedMetric;
  robust: ComparedMetric;
}

/** What `vsi-eval compare --json` prints. */
export interface Comparison {
  schema: typeof COMPARISON_SCHEMA;
  a: { predictions: string; data: string };
  b: { predictions: string; data: string };
  /** False when the two were scored on files of other bytes. */
  same_data: boolean;
  /** Whether the settings of both runs are known. */
  settings_known: { a: boolean; b: boolean };
  settings: DifferingSetting[];
  rows: ComparisonRow[];
  /** Questions that both have: same id, scan and type. */
  questions_shared: number;
  scans_shared: number;
  /** Questions left out because the other run does not have them. */
  only_in_a: number;
  only_in_b: number;
  bootstrap: BootstrapOptions;
}

/**
 * Compares two scored runs on the questions that both have. The intervals are of the questions' differences, so that what both find hard does not
 * widen them: a paired bootstrap, grouped by scan.
 */
export function compareScores(
  a: ComparedReport,
  b: ComparedReport,
  bootstrap: BootstrapOptions = BOOTSTRAP_DEFAULTS,
): Comparison {
  const others = new Map(b.questions.map((question) => [question.id, question]));
  const pairs = a.questions.flatMap((one): [QuestionScore, QuestionScore][] => {
    const other = others.get(one.id);
    return other !== undefined && other.scan === one.scan && other.type === one.type ? [[one, other]] : [];
  });
  const official = compareMetric(pairs, "official", bootstrap);
  const robust = compareMetric(pairs, "robust", bootstrap);
  const rows = [...OFFICIAL_ROWS, ...OTHER_ROWS].map((row) => ({
    row,
    questions: pairs.filter(([{ type }]) => isInRow(type, row)).length,
    official: official(row),
    robust: robust(row),
  }));
  return {
    schema: COMPARISON_SCHEMA,
    a: { predictions: a.predictions.file, data: a.data.file },
    b: { predictions: b.predictions.file, data: b.data.file },
    same_data: a.data.sha256 === b.data.sha256,
    settings_known: { a: a.settings !== null, b: b.settings !== null },
    settings: differingSettings(a.settings, b.settings),
    rows: rows.filter(({ row, questions }) => isOfficialRow(row) || questions > 0),
    questions_shared: pairs.length,
    scans_shared: new Set(pairs.map(([{ scan }]) => scan)).size,
    only_in_a: a.questions.length - pairs.length,
    only_in_b: b.questions.length - pairs.length,
    bootstrap,
  };
}

function compareMetric(
  pairs: readonly [QuestionScore, QuestionScore][],
  metric: "official" | "robust",
  bootstrap: BootstrapOptions,
): (row: TableRow) => ComparedMetric {
  const valuesOf = (value: (one: QuestionScore, other: QuestionScore) => number): ScanValue[] =>
    pairs.map(([one, other]) => ({ scan: one.scan, type: one.type, value: value(one, other) }));
  const a = rowValues(typeMeans(valuesOf((one) => one[metric])));
  const b = rowValues(typeMeans(valuesOf((_, other) => other[metric])));
  // Every row is a mean of means over the same questions, so its difference is the row of the differences.
  const differences = valuesOf((one, other) => other[metric] - one[metric]);
  const difference = rowValues(typeMeans(differences));
  const intervals = bootstrapIntervals(differences, bootstrap);
  return (row) => ({ a: a[row], b: b[row], difference: difference[row], interval: intervals[row] });
}
