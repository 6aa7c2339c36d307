import { basename, dirname } from "node:path";
import { isQuestionType, QUESTION_TYPES, type Question, questionTypeRow, type VsiBenchRecord } from "@vsi/dataset";
import { checkArguments, checkOptions, fields, listOf, oneOf, orNull, PATH, TEXT } from "@vsi/dataset/internal";
import { DatasetError } from "@vsi/dataset/node";
import { validateQuestion } from "@vsi/dataset/validate";
import { answerAccuracy, pythonFloat, ScoringError } from "@vsi/scoring";
import {
  BENCHMARK_SPLITS,
  type BenchmarkSplit,
  findBenchmarkFile,
  splitAdvice,
  splitsWithQuestions,
} from "./benchmarkFile.ts";
import { EvaluationError } from "./errors.ts";
import { describeValue, type FileRecord, readRecords } from "./records.ts";

/** Which questions of a benchmark are read. */
export interface ReadBenchmarkOptions {
  /** Of a dataset folder; null: test, or validation where there is no test. */
  split: BenchmarkSplit | null;
}

/** The split that a benchmark is meant to be measured on. */
export const READ_BENCHMARK_DEFAULTS: ReadBenchmarkOptions = { split: null };

/** What readBenchmark gives, for the functions that take it. */
export const QUESTION_LIST = listOf(
  fields({ id: TEXT, question_type: TEXT, ground_truth: TEXT }),
  "a list of questions, as readBenchmark reads them",
);

/**
 * The questions of VSI-Bench's own JSONL, of a JSONL of this project's questions, or of a dataset folder, in the file's
 * order.
 *
 * @throws EvaluationError with file and line: "benchmark-missing", "benchmark-split", "benchmark-empty",
 * "question-...", "jsonl-...".
 */
export async function readBenchmark(
  path: string,
  options: ReadBenchmarkOptions = READ_BENCHMARK_DEFAULTS,
): Promise<EvalQuestion[]> {
  checkArguments("readBenchmark", { path: [path, PATH] });
  checkOptions(options, { split: orNull(oneOf(BENCHMARK_SPLITS)) }, "readBenchmark");
  const source = await findBenchmarkFile(path, options.split);
  const file = source.replaceAll("\\", "/");
  const questions: EvalQuestion[] = [];
  const lines = new Map<string, number>();
  for await (const fileRecord of readRecords(source, "benchmark")) {
    const { line, record } = fileRecord;
    const question = "schema" in record ? fromDataset(fileRecord, file) : parseVsiBenchQuestion(fileRecord, file);
    checkTruth(question, { file, line });
    const before = lines.get(question.id);
    if (before !== undefined) {
      throw new EvaluationError("question-duplicate-id", {
        file,
        place: `line ${line}, id`,
        got: `${question.id}, as on line ${before}`,
        expected: "each id once",
        advice: "Remove one of the two lines.",
      });
    }
    lines.set(question.id, line);
    questions.push(question);
  }
  if (questions.length > 0) return questions;
  throw new EvaluationError("benchmark-empty", {
    file,
    place: "file",
    got: "no questions",
    expected: "one question per line",
    advice: await emptyAdvice(source),
  });
}

/** An empty split of a dataset folder is normal; what matters is which of the others has questions. */
async function emptyAdvice(source: string): Promise<string> {
  const folder = dirname(source);
  const empty = BENCHMARK_SPLITS.find((split) => `${split}.jsonl` === basename(source));
  if (empty === undefined || basename(folder) !== "data") return "Give a file that has some.";
  const why = `This dataset has no ${empty} questions, which is normal when all its rooms belong to other splits.`;
  return `${why} ${splitAdvice(await splitsWithQuestions(folder))}`;
}

/** A record in this project's own form, reduced to what evaluation needs. */
function fromDataset({ line, record }: FileRecord, file: string): EvalQuestion {
  const question: unknown = record;
  try {
    validateQuestion(question, { file, place: `line ${line}` });
  } catch (error) {
    if (!(error instanceof DatasetError)) throw error;
    throw new EvaluationError(error.code, error.detail, { cause: error });
  }
  const { id, dataset, scene_name, question_type, ground_truth, options, mc_answer, frames } = question;
  if (options !== null && readOptions(options, { file, line }).get(mc_answer ?? "") !== ground_truth) {
    throw new EvaluationError("question-truth", {
      file,
      place: `line ${line}, mc_answer`,
      got: describeValue(mc_answer),
      expected: `the letter of the option ${describeValue(ground_truth)}`,
      advice: "Was the line edited? Build the dataset again.",
    });
  }
  return {
    id,
    dataset,
    scene_name,
    question_type,
    question: question.question,
    ground_truth,
    options,
    mc_answer,
    frames,
  };
}

/**
 * Refuses a question that can't be scored, before anything is asked or scored.
 *
 * @throws EvaluationError "question-truth" for a number that is not above 0, where relative accuracy has no meaning,
 * and for options that are ambiguous or lack the right answer.
 */
function checkTruth(question: EvalQuestion, where: { file: string; line: number }): void {
  const { question_type, ground_truth } = question;
  const fail = (field: string, got: string, expected: string): EvaluationError =>
    new EvaluationError("question-truth", {
      file: where.file,
      place: `line ${where.line}, ${field}`,
      got,
      expected,
      advice: "Correct the question, or leave it out.",
    });
  try {
    answerAccuracy(null, truthOf(question), "mra");
  } catch (error) {
    if (!(error instanceof ScoringError)) throw error;
    throw fail(error.detail.place, error.detail.got, error.detail.expected);
  }
  if (questionTypeRow(question_type).unit !== null && !((pythonFloat(ground_truth) ?? 0) > 0)) {
    throw fail("ground_truth", describeValue(ground_truth), "a number above 0");
  }
}

/**
 * One question of a benchmark, the same whatever file it came from: a dataset's question without its evidence.
 * VSI-Bench's whole numbers as ids are their digits; options are null for numbers and for choices whose answer is the
 * word itself; frames are empty where the benchmark names none.
 */
export type EvalQuestion = Omit<Question, "schema" | "protocol" | "evidence">;

/** The true answer as @vsi/scoring takes it: with options, the letter, as in VSI-Bench's own file and code. */
export function truthOf({ question_type, ground_truth, mc_answer, options }: EvalQuestion) {
  return { question_type, ground_truth: mc_answer ?? ground_truth, options };
}

/**
 * A record of VSI-Bench's own form (VsiBenchRecord): whole numbers as ids, and with options, the right one's letter as
 * ground_truth, which becomes its text here. Table exports may write a scene's digits as a number, and missing options
 * as an empty list. Unknown fields are ignored.
 *
 * @throws EvaluationError "question-field" or "question-options" with the line and the field.
 */
function parseVsiBenchQuestion({ line, record }: FileRecord, file: string): EvalQuestion {
  const fail = (field: keyof VsiBenchRecord, expected: string): never => {
    throw new EvaluationError("question-field", {
      file,
      place: `line ${line}, ${field}`,
      got: describeValue(record[field]),
      expected,
      advice: "Give VSI-Bench's JSONL, or a dataset folder of vsi-build.",
    });
  };
  const textOf = (field: keyof VsiBenchRecord): string => {
    const value = record[field];
    return typeof value === "string" && value !== "" ? value : fail(field, "a string");
  };
  const numberOrText = (field: keyof VsiBenchRecord, expected: string): string => {
    const value = record[field];
    return typeof value === "number"
      ? String(value)
      : typeof value === "string" && value !== ""
        ? value
        : fail(field, expected);
  };
  const named = record.question_type;
  const question_type = isQuestionType(named) ? named : fail("question_type", `one of ${QUESTION_TYPES.join(", ")}`);
  const common = {
    id: numberOrText("id", "a number or a string"),
    dataset: textOf("dataset"),
    scene_name: numberOrText("scene_name", "a string"),
    question_type,
    question: textOf("question"),
    frames: [],
  };
  const truth = numberOrText("ground_truth", "the answer");
  const options = record.options ?? null;
  const isNumber = questionTypeRow(question_type).unit !== null;
  const hasNone = options === null || (isNumber && Array.isArray(options) && options.length === 0);
  if (hasNone) return { ...common, ground_truth: truth, options: null, mc_answer: null };
  if (isNumber) fail("options", "null: the question is answered by a number");
  const texts = readOptions(options, { file, line });
  const ground_truth = texts.get(truth) ?? fail("ground_truth", `one of the letters ${[...texts.keys()].join(", ")}`);
  return { ...common, ground_truth, options: options as string[], mc_answer: truth };
}

const LETTERED_OPTION = /^([A-Z])\. (\S.*)$/s;

/**
 * The texts of lettered options by their letters: "A. left" is A and left.
 *
 * @throws EvaluationError "question-options" unless `options` is a list of such options, the letters A, B, ... in their
 * order.
 */
function readOptions(options: unknown, where: { file: string; line: number }): Map<string, string> {
  const texts = new Map<string, string>();
  const list: unknown[] = Array.isArray(options) ? options : [];
  for (const option of list) {
    const [, letter, text] = (typeof option === "string" ? LETTERED_OPTION.exec(option) : null) ?? [];
    if (text !== undefined && letter === String.fromCharCode(65 + texts.size)) texts.set(letter, text);
  }
  if (texts.size < 2 || texts.size !== list.length) {
    throw new EvaluationError("question-options", {
      file: where.file,
      place: `line ${where.line}, options`,
      got: describeValue(options),
      expected: 'null, or at least two options such as "A. left", "B. right"',
      advice: "Write the options as VSI-Bench does.",
    });
  }
  return texts;
}

/** The scan that a question is about, by one name: dataset and scene_name with a slash between. */
export function scanOf({ dataset, scene_name }: Pick<EvalQuestion, "dataset" | "scene_name">): string {
  return `${dataset}/${scene_name}`;
}
