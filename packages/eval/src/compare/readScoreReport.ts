import { readFile } from "node:fs/promises";
import { QUESTION_TYPES } from "@vsi/dataset";
import { fileError } from "@vsi/dataset/node";
import { EvaluationError } from "../evaluationError.ts";
import { describeValue } from "../records/describeValue.ts";
import { type QuestionScore, SCORE_SCHEMA, type ScoreReport } from "../score/scoreReport.ts";

/** What a comparison needs of a score report. */
export type ComparedReport = Pick<ScoreReport, "data" | "predictions" | "settings" | "questions">;

const KNOWN_TYPES: ReadonlySet<unknown> = new Set(QUESTION_TYPES);

/**
 * Reads what `vsi-eval score --json` printed.
 * @throws EvaluationError "file-..." or "score-report-shape" with the first field that is wrong.
 */
export async function readScoreReport(path: string): Promise<ComparedReport> {
  const file = path.replaceAll("\\", "/");
  const fail = (place: string, got: string, expected: string): never => {
    const advice = "Make it with vsi-eval score PREDICTIONS --data DATA --json > FILE.";
    throw new EvaluationError("score-report-shape", { file, place, got, expected, advice });
  };
  const text = await readFile(path, "utf8").catch((cause: unknown) => {
    const { code, detail } = fileError(cause, file, "a score report to read");
    throw new EvaluationError(code, detail, { cause });
  });
  let report: unknown;
  try {
    report = JSON.parse(text);
  } catch (error) {
    fail("the whole file", `text that is not JSON (${(error as Error).message})`, "one JSON object");
  }
  if (!isObject(report)) return fail("the whole file", describeValue(report), "one JSON object");
  const check = (field: string, isFit: boolean, expected: string): void => {
    if (!isFit) fail(field, describeValue(report[field]), expected);
  };
  check("schema", report.schema === SCORE_SCHEMA, `"${SCORE_SCHEMA}"`);
  check("data", isObject(report.data) && typeof report.data.sha256 === "string", "the benchmark's file and sha256");
  check("predictions", isObject(report.predictions) && typeof report.predictions.file === "string", "a file");
  check("settings", report.settings === null || isObject(report.settings), "an object or null");
  check("questions", Array.isArray(report.questions), "a list of scored questions");
  const seen = new Set<string>();
  for (const [index, question] of (report.questions as unknown[]).entries()) {
    const place = `questions[${index}]`;
    if (!isQuestionScore(question)) fail(place, describeValue(question), "id, scan, type, official and robust");
    const { id } = question as QuestionScore;
    if (seen.has(id)) fail(place, `the id ${id} again`, "every id once");
    seen.add(id);
  }
  return report as unknown as ComparedReport;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isQuestionScore(value: unknown): boolean {
  if (!isObject(value)) return false;
  const isScore = (score: unknown): boolean => typeof score === "number" && score >= 0 && score <= 1;
  const { id, scan, type, official, robust } = value;
  return (
    [id, scan].every((name) => typeof name === "string") && KNOWN_TYPES.has(type) && [official, robust].every(isScore)
  );
}
