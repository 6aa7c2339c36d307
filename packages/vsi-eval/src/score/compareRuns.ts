import { at, checkArguments, listOf } from "@vsi/dataset/internal";
import { type ComparedReport, differingSettings, REPORT } from "./compareScores.ts";
import { type BootstrapOptions, completeBootstrap, rowScores, type ScanValue } from "./intervals.ts";
import type { QuestionScore, ReaderScore } from "./scorePredictions.ts";
import { isInRow, isOfficialRow, type TableRow, tableRows } from "./tableRows.ts";

/** The format and major version of what `vsi-eval compare --json` prints for more than two runs. */
export const RUNS_SCHEMA = "vsi-runs/1";

/** What `vsi-eval compare --json` prints for more than two runs; lists are in the runs' order. */
export interface RunsComparison {
  schema: typeof RUNS_SCHEMA;
  runs: ComparedRun[];
  /** False when they were scored on different files. */
  same_data: boolean;
  /** The settings in which not all agree, as texts; null where a run does not have one. */
  settings: { setting: string; values: (string | null)[] }[];
  rows: RunsRow[];
  flipped: FlippedQuestion[];
  /** Questions that all of them have: same id, scan and type. */
  questions_shared: number;
  scans_shared: number;
  bootstrap: BootstrapOptions;
}

/** One of several runs. */
export interface ComparedRun {
  /** What tells it from the others: its model, else its folder, else its file. */
  name: string;
  predictions: string;
  data: string;
  settings_known: boolean;
  /** Questions left out because another run does not have them. */
  left_out: number;
}

/** One row of the table of several runs. */
export interface RunsRow {
  row: TableRow;
  questions: number;
  official: RunScore[];
  robust: RunScore[];
}

/** A run's score in a row, in 0 to 1, beside the first run's. */
export interface RunScore extends ReaderScore {
  /** This run minus the first, and its interval from the paired bootstrap; null for the first. */
  difference: number | null;
  difference_interval: ReaderScore["interval"];
}

/** A question that some runs answer right and others do not. */
export interface FlippedQuestion {
  id: string;
  scan: string;
  type: string;
  /** Each run's official score. */
  official: number[];
}

/** A number is right as a choice is when it earns at least half: it is then within 30 % of the truth. */
const RIGHT = 0.5;

/** The questions that at least one report has right (half of the official score or more) and at least one wrong. */
export function flippedQuestions(reports: readonly ComparedReport[]): FlippedQuestion[] {
  return sharedQuestions(reports).flatMap((scores) => {
    const { id, scan, type } = at(scores, 0);
    const official = scores.map((score) => score.official);
    const right = official.filter((score) => score >= RIGHT).length;
    return right > 0 && right < official.length ? [{ id, scan, type, official }] : [];
  });
}

/** How many questions a run has right that the first has wrong, and the other way round. */
export function countFlips(flipped: readonly FlippedQuestion[], run: number): { gained: number; lost: number } {
  const isRight = (question: FlippedQuestion, index: number): boolean => (question.official[index] ?? 0) >= RIGHT;
  return {
    gained: flipped.filter((question) => isRight(question, run) && !isRight(question, 0)).length,
    lost: flipped.filter((question) => !isRight(question, run) && isRight(question, 0)).length,
  };
}

/**
 * Several scored runs side by side, on the questions that all of them have: each run's table with its intervals, and its
 * paired difference from the first. Two runs are compared in more detail by compareScores.
 *
 * @example
 * ```js
 * import { compareRuns } from "vsi-eval";
 *
 * const run = (model, score) => ({
 *   data: { file: "test.jsonl", sha256: "0" },
 *   predictions: { file: "predictions.jsonl" },
 *   settings: { model },
 *   questions: ["1", "2"].map((id) => ({ id, scan: id, type: "object_counting", official: score, robust: score })),
 * });
 * const { runs, rows } = compareRuns([run("small", 0.4), run("large", 0.9), run("tuned", 1)]);
 * console.log(runs.map(({ name }) => name).join()); // small,large,tuned
 * console.log(rows[0].official[2].difference); // 0.6
 * ```
 */
export function compareRuns(reports: readonly ComparedReport[], given: Partial<BootstrapOptions> = {}): RunsComparison {
  const bootstrap = completeBootstrap(given, "compareRuns");
  checkArguments("compareRuns", { reports: [reports, listOf(REPORT, "a list of score reports")] });
  const shared = sharedQuestions(reports);
  const official = runScores(reports, shared, "official", bootstrap);
  const robust = runScores(reports, shared, "robust", bootstrap);
  const types = shared.map((scores) => at(scores, 0).type);
  const rows = tableRows(types).map((row) => ({
    row,
    questions: types.filter((type) => isInRow(type, row)).length,
    official: official(row),
    robust: robust(row),
  }));
  const names = runNames(reports);
  return {
    schema: RUNS_SCHEMA,
    runs: reports.map(({ predictions, data, settings, questions }, index) => ({
      name: at(names, index),
      predictions: predictions.file,
      data: data.file,
      settings_known: settings !== null,
      left_out: questions.length - shared.length,
    })),
    same_data: new Set(reports.map(({ data }) => data.sha256)).size <= 1,
    settings: settingsOfAll(reports),
    rows: rows.filter(({ row, questions }) => isOfficialRow(row) || questions > 0),
    flipped: flippedQuestions(reports),
    questions_shared: shared.length,
    scans_shared: new Set(shared.map((scores) => at(scores, 0).scan)).size,
    bootstrap,
  };
}

/** Each question that all have, as each has it, in the first's order. */
function sharedQuestions(reports: readonly ComparedReport[]): QuestionScore[][] {
  const [first, ...others] = reports.map(
    ({ questions }) => new Map(questions.map((question) => [question.id, question])),
  );
  return [...(first?.values() ?? [])].flatMap((question) => {
    const found = others.flatMap((other) => {
      const one = other.get(question.id);
      return one !== undefined && one.scan === question.scan && one.type === question.type ? [one] : [];
    });
    return found.length === others.length ? [[question, ...found]] : [];
  });
}

function runScores(
  reports: readonly ComparedReport[],
  shared: readonly QuestionScore[][],
  metric: "official" | "robust",
  bootstrap: BootstrapOptions,
): (row: TableRow) => RunScore[] {
  const measure = (value: (scores: QuestionScore[]) => number) => {
    const values = shared.map((scores): ScanValue => {
      const { scan, type } = at(scores, 0);
      return { scan, type, value: value(scores) };
    });
    return rowScores(values, bootstrap);
  };
  const measured = reports.map((_, run) => ({
    own: measure((scores) => at(scores, run)[metric]),
    over: run === 0 ? null : measure((scores) => at(scores, run)[metric] - at(scores, 0)[metric]),
  }));
  return (row) =>
    measured.map(({ own, over }) => {
      const difference = over?.(row);
      return {
        ...own(row),
        difference: difference?.score ?? null,
        difference_interval: difference?.interval ?? null,
      };
    });
}

/** The first of a run's descriptions that tells all of them apart. */
function runNames(reports: readonly ComparedReport[]): string[] {
  const partOf = (file: string, fromEnd: number): string => file.replaceAll("\\", "/").split("/").at(fromEnd) ?? "";
  const descriptions = [
    reports.map(({ settings }) => (typeof settings?.model === "string" ? settings.model : "")),
    reports.map(({ predictions }) => partOf(predictions.file, -2)),
    reports.map(({ predictions }) => partOf(predictions.file, -1)),
    reports.map(({ predictions }) => predictions.file),
  ];
  const isTelling = (names: readonly string[]): boolean => !names.includes("") && new Set(names).size === names.length;
  return descriptions.find(isTelling) ?? reports.map(({ predictions }, index) => `${index + 1}: ${predictions.file}`);
}

function settingsOfAll(reports: readonly ComparedReport[]): RunsComparison["settings"] {
  const first = reports[0]?.settings ?? null;
  const differing = reports.slice(1).map(({ settings }) => differingSettings(first, settings));
  const names = [...new Set(differing.flat().map(({ setting }) => setting))].sort();
  return names.map((setting) => {
    const found = differing.map((rows) => rows.find((row) => row.setting === setting));
    // Where a run agrees with the first, its value is the first's.
    const own = found.find((row) => row !== undefined)?.a ?? null;
    return { setting, values: [own, ...found.map((row) => (row === undefined ? own : row.b))] };
  });
}
