import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { checkArguments, PATH } from "@vsi/dataset/internal";
import { type EvalQuestion, QUESTION_LIST } from "./benchmark.ts";
import { EvaluationError } from "./errors.ts";
import { describeValue, readRecords } from "./records.ts";

/** The files of a run's folder that tell what it is. */
const RUN_FILES = { predictions: "predictions.jsonl", answers: "answers.jsonl" } as const;

/**
 * The predictions behind what was given: a file itself, or the predictions.jsonl of a run's folder.
 *
 * @throws EvaluationError "predictions-missing" for a folder of anything else, or of a run that is not finished.
 */
export async function findPredictionsFile(path: string): Promise<string> {
  const found = await stat(path).catch(() => null);
  if (!found?.isDirectory()) return path;
  const names = await readdir(path);
  if (names.includes(RUN_FILES.predictions)) return join(path, RUN_FILES.predictions);
  const fail = (got: string, advice: string): EvaluationError =>
    new EvaluationError("predictions-missing", {
      file: path.replaceAll("\\", "/"),
      place: "folder",
      got,
      expected: `a finished run's folder, with ${RUN_FILES.predictions}, or a JSONL of predictions`,
      advice,
    });
  if (names.includes(RUN_FILES.answers)) {
    throw fail("a run that is not finished", "Finish it: the same vsi-eval run with --resume.");
  }
  if (names.includes("manifest.json")) throw fail("a dataset folder", "A dataset goes to vsi-eval score as --data.");
  throw fail(`a folder without ${RUN_FILES.predictions}`, "Give the folder that vsi-eval run wrote to (--out).");
}

/**
 * A model's answers by the question's id, from JSONL: `{"id": 17, "prediction": "2.5 m"}` per line. Ids may be numbers
 * or strings; a question_type, if given, must match; other fields are ignored. A prediction may be a JSON number, as
 * exports write "4"; null means no answer. Questions without an answer are not in the map.
 *
 * @throws EvaluationError with file and line: "prediction-id", "prediction-unknown-id", "prediction-duplicate-id",
 * "prediction-type", "prediction-text", "predictions-empty", "jsonl-...", "file-...".
 */
export async function readPredictions(path: string, questions: readonly EvalQuestion[]): Promise<Map<string, string>> {
  checkArguments("readPredictions", { path: [path, PATH], questions: [questions, QUESTION_LIST] });
  const file = path.replaceAll("\\", "/");
  const types = new Map(questions.map(({ id, question_type }) => [id, question_type]));
  const lines = new Map<string, number>();
  const predictions = new Map<string, string>();
  for await (const { line, record } of readRecords(path, "predictions")) {
    const fail = (code: string, field: string, got: string, expected: string, advice: string): never => {
      throw new EvaluationError(code, { file, place: `line ${line}, ${field}`, got, expected, advice });
    };
    const { prediction, question_type } = record;
    const isId = typeof record.id === "string" || typeof record.id === "number";
    const id = isId
      ? String(record.id)
      : fail(
          "prediction-id",
          "id",
          describeValue(record.id),
          "a question's id",
          `The line's fields are ${describeValue(Object.keys(record))}. Keep the id of each question.`,
        );
    const type =
      types.get(id) ??
      fail(
        "prediction-unknown-id",
        "id",
        describeValue(record.id),
        `an id of the benchmark, such as ${describeValue(questions[0]?.id)}`,
        "Use the --data that the model was asked; --split selects part of a dataset folder.",
      );
    const before = lines.get(id);
    if (before !== undefined) {
      const got = `${describeValue(record.id)}, as on line ${before}`;
      fail("prediction-duplicate-id", "id", got, "one answer per question", "Remove one of the two lines.");
    }
    if (question_type !== undefined && question_type !== type) {
      const got = describeValue(question_type);
      fail("prediction-type", "question_type", got, `"${type}"`, "Is this another benchmark's file? Check --data.");
    }
    lines.set(id, line);
    if (typeof prediction === "string" || typeof prediction === "number") predictions.set(id, String(prediction));
    else if (prediction !== null) {
      const advice = `The line's fields are ${describeValue(Object.keys(record))}. Put the model's text in prediction, or null for no answer.`;
      fail("prediction-text", "prediction", describeValue(prediction), "a string", advice);
    }
  }
  if (predictions.size > 0) return predictions;
  throw new EvaluationError("predictions-empty", {
    file,
    place: "file",
    got: "no predictions",
    expected: 'lines such as {"id": 17, "prediction": "2.5"}',
    advice: "Did the run end before its first answer?",
  });
}
