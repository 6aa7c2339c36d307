import { stat } from "node:fs/promises";
import { inOneGo } from "@vsi/command";
import {
  checkArguments,
  fields,
  isRecord,
  listOf,
  MOST_LEVELS,
  NUMBER,
  nestsDeeper,
  PATH,
  TEXT,
} from "@vsi/dataset/internal";
import { readAnswered } from "../answered.ts";
import { hashBenchmark } from "../benchmarkFile.ts";
import { EvaluationError } from "../errors.ts";
import { findPredictionsFile } from "../predictions.ts";
import { describeValue } from "../records.ts";
import { flattenSettings, readSettings } from "../settings.ts";
import { readText } from "../tableFiles.ts";
import {
  type BootstrapOptions,
  bootstrapIntervals,
  completeBootstrap,
  type Interval,
  type ScanValue,
  typeMeans,
} from "./intervals.ts";
import { type QuestionScore, SCORE_SCHEMA, type ScoreReport, scorePredictions } from "./scorePredictions.ts";
import { isInRow, isOfficialRow, rowValues, type TableRow, tableRows } from "./tableRows.ts";

/** The format and major version of what `vsi-eval compare --json` prints. */
export const COMPARISON_SCHEMA = "vsi-comparison/1";

/** One metric of one row, in 0 to 1; null where there is nothing to average or resample. */
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
  /** False when the two were scored on different files. */
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

/** What the functions that take a score report need of it. */
export const REPORT = fields({
  predictions: fields({ file: TEXT }),
  data: fields({ file: TEXT, sha256: TEXT }),
  questions: listOf(
    fields({ id: TEXT, scan: TEXT, type: TEXT, official: NUMBER, robust: NUMBER }),
    "a list of scored questions",
  ),
});

/**
 * Compares two scored runs on the questions that both have. The intervals are of the questions' differences, so that
 * what both find hard does not widen them: a paired bootstrap, grouped by scan.
 *
 * @example
 * ```js
 * import { compareScores, readBenchmark, scorePredictions } from "vsi-eval";
 *
 * const questions = await readBenchmark("vsi-100k", { split: "train" });
 * const reportOf = (answer) => {
 *   const { scores } = scorePredictions(questions, new Map(questions.map(({ id }) => [id, answer])), { resamples: 50 });
 *   return { ...scores, settings: null, data: { file: "train.jsonl", sha256: "" }, predictions: { file: answer } };
 * };
 * console.log(compareScores(reportOf("2"), reportOf("4"), { resamples: 50 }).questions_shared === questions.length);
 * ```
 */
export function compareScores(a: ComparedReport, b: ComparedReport, given: Partial<BootstrapOptions> = {}): Comparison {
  const bootstrap = completeBootstrap(given, "compareScores");
  checkArguments("compareScores", { a: [a, REPORT], b: [b, REPORT] });
  const others = new Map(b.questions.map((question) => [question.id, question]));
  const pairs = a.questions.flatMap((one): [QuestionScore, QuestionScore][] => {
    const other = others.get(one.id);
    return other !== undefined && other.scan === one.scan && other.type === one.type ? [[one, other]] : [];
  });
  const official = compareMetric(pairs, "official", bootstrap);
  const robust = compareMetric(pairs, "robust", bootstrap);
  const rows = tableRows(pairs.map(([{ type }]) => type)).map((row) => ({
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
  return (row) => ({
    a: a[row] ?? null,
    b: b[row] ?? null,
    difference: difference[row] ?? null,
    interval: intervals[row] ?? null,
  });
}

/** A setting that differs between two runs. */
export interface DifferingSetting {
  /** "frames", or "image.pixels" for one inside another. */
  setting: string;
  /** The values as texts; null where a run does not have it. */
  a: string | null;
  b: string | null;
}

/** The settings that differ, in the order of their names. A run whose settings are not known differs in all. */
export function differingSettings(
  a: Readonly<Record<string, unknown>> | null,
  b: Readonly<Record<string, unknown>> | null,
): DifferingSetting[] {
  const [one, other] = [flattenSettings(a ?? {}), flattenSettings(b ?? {})];
  return [...new Set([...one.keys(), ...other.keys()])]
    .sort()
    .map((setting) => ({ setting, a: one.get(setting) ?? null, b: other.get(setting) ?? null }))
    .filter((row) => row.a !== row.b);
}

/** What a comparison needs of a score report. */
export type ComparedReport = Pick<ScoreReport, "data" | "predictions" | "settings" | "questions">;

/**
 * Reads what `vsi-eval score --json` printed, or scores a run's folder on the questions that it was asked.
 *
 * @throws EvaluationError "file-..." or "score-report-shape" with the first field that is wrong; for a run's folder
 * "score-run-data" when its questions are gone or changed, and what findPredictionsFile and readBenchmark throw.
 *
 * @example
 * ```js
 * import { writeFile } from "node:fs/promises";
 * import { compareScores, readScoreReport, SCORE_SCHEMA } from "vsi-eval";
 *
 * // vsi-eval score answers.jsonl --data test.jsonl --json > score.json writes this, and more.
 * const questions = [{ id: "1", scan: "scene0000_00", type: "object_counting", official: 1, robust: 1 }];
 * const data = { file: "test.jsonl", sha256: "0" };
 * const score = { schema: SCORE_SCHEMA, data, predictions: { file: "answers.jsonl" }, settings: null, questions };
 * await writeFile("score.json", JSON.stringify(score));
 * const report = await readScoreReport("score.json");
 * console.log(report.questions.length, compareScores(report, report).questions_shared); // 1 1
 * ```
 */
export async function readScoreReport(path: string): Promise<ComparedReport> {
  checkArguments("readScoreReport", { path: [path, PATH] });
  const file = path.replaceAll("\\", "/");
  const found = await stat(path).catch(() => null);
  if (found?.isDirectory()) return scoreRunFolder(path);
  const fail = (place: string, got: string, expected: string): never => {
    const advice = "Give a run's folder, or what vsi-eval score PREDICTIONS --data DATA --json > FILE wrote.";
    throw new EvaluationError("score-report-shape", { file, place, got, expected, advice });
  };
  const text = await readText(path, "score-report-shape", "a score report to read");
  let report: unknown;
  try {
    report = JSON.parse(text);
  } catch (error) {
    fail("the whole file", `text that is not JSON (${(error as Error).message})`, "one JSON object");
  }
  if (!isRecord(report)) return fail("the whole file", describeValue(report), "one JSON object");
  const check = (field: string, isFit: boolean, expected: string): void => {
    if (!isFit) fail(field, describeValue(report[field]), expected);
  };
  check("schema", report.schema === SCORE_SCHEMA, `"${SCORE_SCHEMA}"`);
  check("data", isRecord(report.data) && typeof report.data.sha256 === "string", "the benchmark's file and sha256");
  check("predictions", isRecord(report.predictions) && typeof report.predictions.file === "string", "a file");
  if (nestsDeeper(report, MOST_LEVELS)) fail("the whole file", `more than ${MOST_LEVELS} levels`, "a score report");
  check("settings", report.settings === null || isRecord(report.settings), "an object or null");
  check("questions", Array.isArray(report.questions), "a list of scored questions");
  const seen = new Set<string>();
  for (const [index, question] of (report.questions as unknown[]).entries()) {
    const place = `questions[${index}]`;
    if (!isQuestionScore(question)) fail(place, describeValue(question), "id, scan, type, official and robust");
    const { id } = question as QuestionScore;
    if (seen.has(id)) fail(place, `the id ${id} again`, "each id once");
    seen.add(id);
  }
  return report as unknown as ComparedReport;
}

async function scoreRunFolder(path: string): Promise<ComparedReport> {
  const predictionsFile = await findPredictionsFile(path);
  const settings = await readSettings(predictionsFile);
  const { data, data_sha256 } = settings ?? {};
  const sha256 = typeof data === "string" ? await hashBenchmark(data).catch(() => null) : null;
  if (typeof data !== "string" || sha256 === null || sha256 !== data_sha256) {
    throw new EvaluationError("score-run-data", {
      file: path.replaceAll("\\", "/"),
      place: "settings.json, data",
      got: typeof data !== "string" ? describeValue(data) : `${data}, which is ${sha256 === null ? "gone" : "changed"}`,
      expected: "the questions that the run was asked, unchanged",
      advice: "Score the run first, vsi-eval score RUN --data DATA --json > FILE, and compare the FILE.",
    });
  }
  const { questions, predictions } = await readAnswered(predictionsFile, data, settings);
  const { scores } = inOneGo(() => scorePredictions(questions, predictions));
  return {
    data: { file: data, sha256 },
    predictions: { file: predictionsFile.replaceAll("\\", "/") },
    settings,
    questions: scores.questions,
  };
}

function isQuestionScore(value: unknown): boolean {
  if (!isRecord(value)) return false;
  const isScore = (score: unknown): boolean => typeof score === "number" && score >= 0 && score <= 1;
  const { id, scan, type, official, robust } = value;
  return (
    [id, scan].every((name) => typeof name === "string") &&
    typeof type === "string" &&
    type !== "" &&
    [official, robust].every(isScore)
  );
}
