import { basename, dirname } from "node:path";
import { questionTypeRow } from "@vsi/dataset";
import { checkArguments, checkOptions, oneOf, orNull, PATH } from "@vsi/dataset/internal";
import { DatasetError } from "@vsi/dataset/node";
import { validateQuestion } from "@vsi/dataset/validate";
import { answerAccuracy, pythonFloat, ScoringError } from "@vsi/scoring";
import {
  BENCHMARK_SPLITS,
  type BenchmarkSplit,
  benchmarkFiles,
  findBenchmarkFile,
  splitAdvice,
  splitsWithQuestions,
} from "./benchmarkFile.ts";
import { EvaluationError } from "./errors.ts";
import { type EvalQuestion, truthOf } from "./evalQuestion.ts";
import { scoredAs } from "./foreignTypes.ts";
import { parsePublishedQuestion, readOptions } from "./publishedQuestion.ts";
import { describeValue, type FileRecord, readRecords } from "./records.ts";
import { BENCHMARK_SUBSETS, type BenchmarkSubset } from "./subsets.ts";

/** Which questions of a benchmark are read. */
export interface ReadBenchmarkOptions {
  /** Of a dataset folder; null: test, or validation where there is no test. */
  split: BenchmarkSplit | null;
  /** Part of VSI-Bench or ReVSI by what its records say; null: all. */
  subset: BenchmarkSubset | null;
}

/** The split that a benchmark is meant to be measured on, whole. */
export const READ_BENCHMARK_DEFAULTS: ReadBenchmarkOptions = { split: null, subset: null };

/**
 * The questions of VSI-Bench's, VSTI-Bench's or ReVSI's own records (JSONL, JSON, Parquet, or the folder of a Hugging
 * Face dataset), of a JSONL of this project's questions, or of a dataset folder, in the file's order.
 *
 * @throws EvaluationError with file and place: "benchmark-missing", "benchmark-split", "benchmark-subset",
 * "benchmark-empty", "question-...", "jsonl-...", and what readRecords throws.
 *
 * @example
 * ```js
 * import { readBenchmark } from "vsi-eval";
 *
 * const [first] = await readBenchmark("vsi-100k", { split: "train" });
 * console.log(first.question, first.ground_truth); // How many chair(s) are in this room? 5
 * ```
 */
export async function readBenchmark(
  path: string,
  options: Partial<ReadBenchmarkOptions> = READ_BENCHMARK_DEFAULTS,
): Promise<EvalQuestion[]> {
  checkArguments("readBenchmark", { path: [path, PATH] });
  const kinds = { split: orNull(oneOf(BENCHMARK_SPLITS)), subset: orNull(oneOf(BENCHMARK_SUBSETS)) };
  checkOptions(options, kinds, "readBenchmark");
  const { split = null, subset = null } = options;
  return (await readWholeBenchmark(await findBenchmarkFile(path, split, subset), subset)).asked;
}

/** A benchmark and the part of it that was asked for. */
export interface WholeBenchmark {
  /** Every question, in the order of its files: other programs' logs tell a question by its row. */
  all: EvalQuestion[];
  asked: EvalQuestion[];
}

/**
 * As readBenchmark, of a file, or of all files that a split is divided into.
 *
 * @throws as readBenchmark.
 */
export async function readWholeBenchmark(source: string, subset: BenchmarkSubset | null): Promise<WholeBenchmark> {
  const all: EvalQuestion[] = [];
  const asked: EvalQuestion[] = [];
  const places = new Map<string, string>();
  const paths = await benchmarkFiles(source);
  for (const path of paths) {
    const file = path.replaceAll("\\", "/");
    for await (const fileRecord of readRecords(path, "benchmark")) {
      const { place, record } = fileRecord;
      const question = "schema" in record ? fromDataset(fileRecord, file) : parsePublishedQuestion(fileRecord, file);
      checkTruth(question, { file, place });
      all.push(question);
      if (subset !== null && !isInSubset(fileRecord, file, subset)) continue;
      const before = places.get(question.id);
      if (before !== undefined) {
        const budgets = all.some(({ num_frames }) => num_frames !== undefined && num_frames !== question.num_frames);
        throw new EvaluationError("question-duplicate-id", {
          file,
          place: `${place}, id`,
          got: `${question.id}, as on ${before}`,
          expected: "each id once",
          advice: budgets ? "Choose a frame budget, for example --subset 32_frame." : "Remove one of the two.",
        });
      }
      places.set(question.id, paths.length > 1 ? `${place} of ${basename(path)}` : place);
      asked.push(question);
    }
  }
  if (asked.length > 0) return { all, asked };
  throw new EvaluationError("benchmark-empty", {
    file: source.replaceAll("\\", "/"),
    place: "file",
    got: all.length > 0 ? `no question of the subset ${subset}` : "no questions",
    expected: "one question per line",
    advice: all.length > 0 ? "Leave out --subset, or choose another." : await emptyAdvice(source),
  });
}

/**
 * Whether a record belongs to a subset: VSI-Bench-Debiased leaves out what is `pruned`, ReVSI has a list of questions
 * for each number of frames.
 */
function isInSubset({ place, record }: FileRecord, file: string, subset: BenchmarkSubset): boolean {
  const fail = (field: string, expected: string): never => {
    throw new EvaluationError("benchmark-subset", {
      file,
      place: `${place}, ${field}`,
      got: describeValue(record[field]),
      expected,
      advice: "Leave out --subset, or give a file whose records have this field.",
    });
  };
  if (subset === "debiased" || subset === "pruned") {
    const pruned = PRUNED.get(String(record.pruned).toLowerCase()) ?? fail("pruned", "true or false");
    return pruned === (subset === "pruned");
  }
  const frames = record.num_frames ?? fail("num_frames", 'a number of frames or "all"');
  return `${String(frames)}_frame` === subset;
}

const PRUNED: ReadonlyMap<string, boolean> = new Map([
  ["true", true],
  ["1", true],
  ["false", false],
  ["0", false],
]);

/** An empty split of a dataset folder is normal; what matters is which of the others has questions. */
async function emptyAdvice(source: string): Promise<string> {
  const folder = dirname(source);
  const empty = BENCHMARK_SPLITS.find((split) => `${split}.jsonl` === basename(source));
  if (empty === undefined || basename(folder) !== "data") return "Give a file that has some.";
  const why = `This dataset has no ${empty} questions, which is normal when all its rooms belong to other splits.`;
  return `${why} ${splitAdvice(await splitsWithQuestions(folder))}`;
}

/** A record in this project's own form, or its row in Parquet, which has pictures besides; reduced to what evaluation needs. */
function fromDataset({ place, record }: FileRecord, file: string): EvalQuestion {
  const { images, ...rest } = record;
  const question: unknown = Array.isArray(images) ? rest : record;
  try {
    validateQuestion(question, { file, place });
  } catch (error) {
    if (!(error instanceof DatasetError)) throw error;
    throw new EvaluationError(error.code, error.detail, { cause: error });
  }
  const { id, dataset, scene_name, question_type, ground_truth, options, mc_answer, frames } = question;
  if (options !== null && readOptions(options, { file, place }).get(mc_answer ?? "") !== ground_truth) {
    throw new EvaluationError("question-truth", {
      file,
      place: `${place}, mc_answer`,
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
function checkTruth(question: EvalQuestion, where: { file: string; place: string }): void {
  const { ground_truth } = question;
  const fail = (field: string, got: string, expected: string): EvaluationError =>
    new EvaluationError("question-truth", {
      file: where.file,
      place: `${where.place}, ${field}`,
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
  if (questionTypeRow(scoredAs(question)).unit !== null && !((pythonFloat(ground_truth) ?? 0) > 0)) {
    throw fail("ground_truth", describeValue(ground_truth), "a number above 0");
  }
}
