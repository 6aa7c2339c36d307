import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { checkArguments, PATH } from "@vsi/dataset/internal";
import { EvaluationError } from "./errors.ts";
import { type EvalQuestion, QUESTION_LIST } from "./evalQuestion.ts";
import { answersOf, type LoggedAnswer } from "./logs.ts";
import { describeValue } from "./records.ts";

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
      expected: `a finished run's folder, with ${RUN_FILES.predictions}, or a file of predictions`,
      advice,
    });
  if (names.includes(RUN_FILES.answers)) {
    throw fail("a run that is not finished", "Finish it: the same vsi-eval run with --resume.");
  }
  if (names.includes("manifest.json"))
    throw fail("a dataset folder", "It has questions, not answers: give a run's folder here.");
  throw fail(`a folder without ${RUN_FILES.predictions}`, "Give the folder that vsi-eval run wrote to (--out).");
}

/** What was found in a file of answers. */
export interface FoundAnswers {
  /** The model's texts by the question's id; questions without an answer are not in it. */
  predictions: Map<string, string>;
  /** How many answers are to questions that were not asked for. */
  unasked: number;
}

/**
 * A model's answers by the question's id: `{"id": 17, "prediction": "2.5 m"}` per line of JSONL, a JSON list of those or
 * of R1-V's, a log of lmms-eval's samples or a table of VLMEvalKit's (see answersOf). Ids may be numbers or strings; a
 * question_type, if given, must match; other fields are ignored. A prediction may be a JSON number, as exports write
 * "4"; null means no answer. Questions without an answer are not in the map, nor are answers to other questions.
 *
 * @throws EvaluationError with file and place: "prediction-id", "prediction-unknown-id", "prediction-duplicate-id",
 * "prediction-type", "prediction-text", "prediction-order", "predictions-empty", and what readRecords throws.
 *
 * @example
 * ```js
 * import { writeFile } from "node:fs/promises";
 * import { readBenchmark, readPredictions } from "vsi-eval";
 *
 * const questions = await readBenchmark("vsi-100k", { split: "train" });
 * await writeFile("answers.jsonl", JSON.stringify({ id: questions[0].id, prediction: "two" }));
 * console.log([...(await readPredictions("answers.jsonl", questions)).values()].join()); // two
 * ```
 */
export async function readPredictions(path: string, questions: readonly EvalQuestion[]): Promise<Map<string, string>> {
  checkArguments("readPredictions", { path: [path, PATH], questions: [questions, QUESTION_LIST] });
  return (await findAnswers(path, { all: questions, asked: questions }, false)).predictions;
}

/**
 * As readPredictions, for a part of a benchmark.
 *
 * @param all the whole file's questions, in its order, and those that are asked for.
 * @param strict whether an answer to a question that is not asked for is an error.
 */
export async function findAnswers(
  path: string,
  { all, asked }: { all: readonly EvalQuestion[]; asked: readonly EvalQuestion[] },
  strict: boolean,
): Promise<FoundAnswers> {
  const file = path.replaceAll("\\", "/");
  const types = new Map(asked.map(({ id, question_type }) => [id, question_type]));
  const places = new Map<string, string>();
  const predictions = new Map<string, string>();
  let unasked = 0;
  let firstUnasked: LoggedAnswer | null = null;
  for (const answer of await answersOf(path, all, asked)) {
    const { id, place, prediction, question_type } = answer;
    const fail = (code: string, field: string, got: string, expected: string, advice: string): never => {
      throw new EvaluationError(code, { file, place: `${place}, ${field}`, got, expected, advice });
    };
    const before = places.get(id);
    if (before !== undefined) {
      const got = `${describeValue(answer.named)}, as on ${before}`;
      fail("prediction-duplicate-id", answer.idField, got, "one answer per question", "Remove one of the two.");
    }
    places.set(id, place);
    const type = types.get(id);
    if (type === undefined) {
      unasked += 1;
      firstUnasked ??= answer;
      continue;
    }
    if (question_type !== undefined && question_type !== type) {
      const got = describeValue(question_type);
      fail("prediction-type", "question_type", got, `"${type}"`, "Is this another benchmark's file? Check --data.");
    }
    if (prediction !== null) predictions.set(id, prediction);
  }
  if (firstUnasked !== null && (strict || places.size === unasked)) {
    throw new EvaluationError("prediction-unknown-id", {
      file,
      place: `${firstUnasked.place}, ${firstUnasked.idField}`,
      got: describeValue(firstUnasked.named),
      expected: `an id of the benchmark, such as ${describeValue(asked[0]?.id)}`,
      advice: strict
        ? "Leave out --strict to score the others, or use the --data that the model was asked."
        : "Use the --data that the model was asked; --split selects part of a dataset folder.",
    });
  }
  if (predictions.size > 0) return { predictions, unasked };
  throw new EvaluationError("predictions-empty", {
    file,
    place: "file",
    got: "no predictions",
    expected: 'lines such as {"id": 17, "prediction": "2.5"}',
    advice: "Did the run end before its first answer?",
  });
}
