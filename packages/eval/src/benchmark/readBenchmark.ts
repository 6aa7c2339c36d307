import { validateQuestion } from "@vsi/dataset";
import { DatasetError } from "@vsi/dataset/node";
import { EvaluationError } from "../evaluationError.ts";
import { describeValue } from "../records/describeValue.ts";
import { type FileRecord, readRecords } from "../records/readRecords.ts";
import { checkTruth } from "./checkTruth.ts";
import type { EvalQuestion } from "./evalQuestion.ts";
import { type BenchmarkSplit, findBenchmarkFile } from "./findBenchmarkFile.ts";
import { parseVsiBenchQuestion } from "./parseVsiBenchQuestion.ts";
import { readOptions } from "./readOptions.ts";

/** Which questions of a benchmark are read. */
export interface ReadBenchmarkOptions {
  /** Of a dataset folder; null: test, or validation where there is no test. */
  split: BenchmarkSplit | null;
}

/** All that a benchmark is meant to be measured by. */
export const READ_BENCHMARK_DEFAULTS: ReadBenchmarkOptions = { split: null };

/**
 * The questions of VSI-Bench's own JSONL, of a JSONL of this project's questions, or of a dataset folder, in the file's order.
 * @throws EvaluationError with file and line: "benchmark-missing", "benchmark-split", "benchmark-empty", "question-...", "jsonl-...".
 */
export async function readBenchmark(
  path: string,
  options: ReadBenchmarkOptions = READ_BENCHMARK_DEFAULTS,
): Promise<EvalQuestion[]> {
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
        expected: "every id once",
        advice: "Remove one of the two lines.",
      });
    }
    lines.set(question.id, line);
    questions.push(question);
  }
  if (questions.length > 0) return questions;
  throw new EvaluationError("benchmark-empty", {
    file,
    place: "the whole file",
    got: "no question",
    expected: "one question a line",
    advice: "Was the file cut? Download or build it again.",
  });
}

/** A record of this project's own form, without what only its makers need. */
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
