import { at, checkArguments, listOf } from "@vsi/dataset/internal";
import { EvaluationError } from "../errors.ts";
import { type ComparedReport, differingSettings, REPORT } from "./compareScores.ts";
import { type BootstrapOptions, completeBootstrap, rowScores, type ScanValue } from "./intervals.ts";
import { type QuestionScore, type ReaderScore, SCORE_SCHEMA } from "./scorePredictions.ts";
import { isInRow, isOfficialRow, type TableRow, tableRows } from "./tableRows.ts";

/** One row of a mean, in 0 to 1. */
export interface MeanRow {
  row: TableRow;
  questions: number;
  official: number | null;
  official_interval: ReaderScore["interval"];
  robust: number | null;
  robust_interval: ReaderScore["interval"];
}

/** What `vsi-eval mean --json` prints: a score report that `vsi-eval compare` takes as one run. */
export interface MeanReport extends ComparedReport {
  schema: typeof SCORE_SCHEMA;
  /** The predictions' files, in the order given. */
  mean_of: string[];
  rows: MeanRow[];
  questions_total: number;
  scans_total: number;
  bootstrap: BootstrapOptions;
  /** Each question's mean over the runs. */
  questions: QuestionScore[];
}

/**
 * The mean of several runs of the same questions, such as one model's seeds: each question's scores are averaged, and
 * the intervals are those of the averages, a bootstrap over scans. They say how sure the mean is of these runs, for
 * other rooms; not what another seed would give.
 *
 * @throws EvaluationError "comparison-empty" when the runs were not asked the very same questions.
 */
export function meanScores(reports: readonly ComparedReport[], given: Partial<BootstrapOptions> = {}): MeanReport {
  const bootstrap = completeBootstrap(given, "meanScores");
  checkArguments("meanScores", { reports: [reports, listOf(REPORT, "a list of score reports")] });
  const first = at(reports, 0);
  const questions = averaged(reports);
  const measure = (metric: "official" | "robust") =>
    rowScores(
      questions.map(({ scan, type, [metric]: value }): ScanValue => ({ scan, type, value })),
      bootstrap,
    );
  const [official, robust] = [measure("official"), measure("robust")];
  const rows = tableRows(questions.map(({ type }) => type)).map((row): MeanRow => {
    const [one, other] = [official(row), robust(row)];
    return {
      row,
      questions: questions.filter(({ type }) => isInRow(type, row)).length,
      official: one.score,
      official_interval: one.interval,
      robust: other.score,
      robust_interval: other.interval,
    };
  });
  const files = reports.map(({ predictions }) => predictions.file);
  // What differs between the runs, such as the model's name, is of none of them.
  const differing = new Set(
    reports.flatMap(({ settings }) => differingSettings(first.settings, settings).map(({ setting }) => setting)),
  );
  const settings = Object.entries(first.settings ?? {}).filter(([name]) => !differing.has(name));
  return {
    schema: SCORE_SCHEMA,
    data: first.data,
    predictions: { file: files.join(", ") },
    mean_of: files,
    settings: first.settings === null ? null : Object.fromEntries(settings),
    rows: rows.filter(({ row, questions: count }) => isOfficialRow(row) || count > 0),
    questions_total: questions.length,
    scans_total: new Set(questions.map(({ scan }) => scan)).size,
    bootstrap,
    questions,
  };
}

function averaged(reports: readonly ComparedReport[]): QuestionScore[] {
  const others = reports.slice(1).map((report) => ({
    file: report.predictions.file,
    byId: new Map(report.questions.map((question) => [question.id, question])),
  }));
  const first = at(reports, 0);
  for (const { file, byId } of others) {
    if (byId.size !== first.questions.length) throw unlike(file, `${byId.size} questions`, first);
  }
  return first.questions.map(({ id, scan, type, official, robust }) => {
    const sum = { official, robust };
    for (const { file, byId } of others) {
      const other = byId.get(id);
      if (other === undefined || other.scan !== scan || other.type !== type)
        throw unlike(file, `no question ${id}`, first);
      sum.official += other.official;
      sum.robust += other.robust;
    }
    return { id, scan, type, official: sum.official / reports.length, robust: sum.robust / reports.length };
  });
}

function unlike(file: string, got: string, first: ComparedReport): EvaluationError {
  return new EvaluationError("comparison-empty", {
    file,
    place: "questions",
    got,
    expected: `the ${first.questions.length} questions of ${first.predictions.file}`,
    advice: "Only runs of the very same questions have a mean: score them on one benchmark.",
  });
}
