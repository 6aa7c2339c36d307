import { typesInGroup, VSI_BENCH_GROUPS, VSI_BENCH_TYPES, type VsiBenchGroup, type VsiBenchType } from "@vsi/dataset";
import { argumentError, fields, LIST, NUMBER, TEXT } from "@vsi/dataset/internal";
import { ScoringError } from "./errors.ts";
import { pythonFloat, pythonStrip } from "./python.ts";
import { answerUnit, unknownTypeError } from "./questionType.ts";

/** The eight columns of VSI-Bench's table, in the paper's order. */
export const OFFICIAL_TASKS: readonly OfficialTask[] = VSI_BENCH_GROUPS;

/** One of OFFICIAL_TASKS. */
export type OfficialTask = VsiBenchGroup;

/** One scored question. */
export interface ScoredQuestion {
  question_type: string;
  /** In 0 to 1, from scoreOfficial or any other metric. */
  score: number;
}

/** VSI-Bench's table. */
export interface OfficialTable {
  /**
   * Mean score of each task in 0 to 1; null where it has no questions, or relative direction lacks one of its three
   * difficulties.
   */
  tasks: Record<OfficialTask, number | null>;
  /** Mean of the tasks that have a value; null when none has. */
  overall: number | null;
  /** How many questions of each type were averaged; types without questions are left out. */
  questions: Partial<Record<VsiBenchType, number>>;
}

const TABLE_TYPES: ReadonlySet<string> = new Set(VSI_BENCH_TYPES);
const TYPES_OF_TASKS = OFFICIAL_TASKS.map((task) => [task, typesInGroup(task)] as const);

/**
 * The table of VSI-Bench's official code (Yang et al., arXiv 2412.14171): the mean of each task, relative direction as
 * the mean of its three difficulties whatever their numbers of questions, and the mean of the tasks. Where a difficulty
 * is missing the official code raises a KeyError; here that task is null.
 *
 * @throws ScoringError for a question type that VSI-Bench does not have: its table has no row for it.
 *
 * @example
 * ```js
 * import { officialTable } from "@vsi/scoring";
 *
 * const { tasks } = officialTable([
 *   { question_type: "object_counting", score: 1 },
 *   { question_type: "object_counting", score: 0.5 },
 * ]);
 * console.log(tasks.object_counting, tasks.route_planning); // 0.75 null
 * ```
 */
export function officialTable(scored: Iterable<ScoredQuestion>): OfficialTable {
  if (typeof scored?.[Symbol.iterator] !== "function")
    throw argumentError("officialTable", "scored", scored, LIST.words);
  const sums = new Map<string, { total: number; count: number }>();
  for (const one of scored) {
    const { question_type, score } = one ?? {};
    if (typeof score !== "number") throw argumentError("officialTable", "score", score, NUMBER.words);
    if (!TABLE_TYPES.has(question_type)) throw unknownTypeError(question_type, VSI_BENCH_TYPES);
    const sum = sums.get(question_type) ?? { total: 0, count: 0 };
    sum.total += score;
    sum.count += 1;
    sums.set(question_type, sum);
  }
  const mean = (type: string): number | null => {
    const sum = sums.get(type);
    return sum === undefined ? null : sum.total / sum.count;
  };
  const tasks = Object.fromEntries(TYPES_OF_TASKS.map(([task, types]) => [task, meanOfAll(types.map(mean))])) as Record<
    OfficialTask,
    number | null
  >;
  const present = Object.values(tasks).filter((value) => value !== null);
  const questions: Partial<Record<VsiBenchType, number>> = {};
  for (const type of VSI_BENCH_TYPES) {
    const sum = sums.get(type);
    if (sum !== undefined) questions[type] = sum.count;
  }
  return { tasks, overall: meanOfAll(present), questions };
}

/** The mean, or null when there is nothing to average or one of the values is missing. */
function meanOfAll(values: readonly (number | null)[]): number | null {
  let total = 0;
  for (const value of values) {
    if (value === null) return null;
    total += value;
  }
  return values.length === 0 ? null : total / values.length;
}

/** One prediction beside its question, in VSI-Bench's own names: `ground_truth` is the letter or the number. */
export interface OfficialQuestion {
  question_type: string;
  ground_truth: string;
  prediction: string;
}

const OFFICIAL_QUESTION = fields({ question_type: TEXT, ground_truth: TEXT, prediction: TEXT });

/**
 * The score VSI-Bench's official code gives one prediction, bit for bit: 0 or 1 for a choice, Mean Relative Accuracy
 * for a number, 0 for one that float() does not read. JavaScript's toLowerCase and Python's lower() both follow
 * Unicode's SpecialCasing, the final sigma included. A truth that is not a number scores 0 there and here. VSTI-Bench's
 * types are scored by the same two metrics.
 *
 * @throws ScoringError for a truth of 0, where the official code divides by zero, and for an unknown question type.
 *
 * @example
 * ```js
 * import { officialTable, scoreOfficial } from "@vsi/scoring";
 *
 * const question = { question_type: "object_abs_distance", ground_truth: "2.5" };
 * const score = scoreOfficial({ ...question, prediction: "2.3 m" });
 * console.log(score); // 0.9
 * console.log(officialTable([{ question_type: "object_abs_distance", score }]).tasks.object_abs_distance); // 0.9
 * ```
 */
export function scoreOfficial(question: OfficialQuestion): number {
  if (!OFFICIAL_QUESTION.fits(question)) {
    throw argumentError("scoreOfficial", "question", question, OFFICIAL_QUESTION.words);
  }
  const unit = answerUnit(question.question_type);
  const answer = officialAnswer(question.prediction);
  if (unit === null) return answer.toLowerCase() === question.ground_truth.toLowerCase() ? 1 : 0;
  const predicted = pythonFloat(answer);
  const truth = pythonFloat(question.ground_truth);
  if (predicted === null || truth === null) return 0;
  if (truth === 0) {
    throw new ScoringError("truth-zero", {
      place: "ground_truth",
      got: question.ground_truth,
      expected: "a number other than 0",
      advice: "Relative accuracy is undefined there (VSI-Bench's code raises): leave the question out.",
    });
  }
  return meanRelativeAccuracy(predicted, truth);
}

/**
 * numpy.linspace(0.5, 0.95, 10), as its doubles print. The last but one is not 0.9: another way to compute them decides
 * some predictions differently.
 */
export const MEAN_RELATIVE_ACCURACY_THRESHOLDS: readonly number[] = [
  0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.8999999999999999, 0.95,
];

/**
 * Mean Relative Accuracy of VSI-Bench's official code (Yang et al., arXiv 2412.14171, writes "<" where the code has
 * "<="): the share of the thresholds theta with |predicted - truth| / truth <= 1 - theta, in 0 to 1. Infinities and NaN
 * follow IEEE 754, so a negative truth takes any finite prediction; a truth of 0 gives 0 or NaN inside and must be
 * refused by the caller.
 *
 * @example
 * ```js
 * import { meanRelativeAccuracy } from "@vsi/scoring";
 *
 * console.log(meanRelativeAccuracy(2.3, 2.5)); // 0.9
 * console.log(meanRelativeAccuracy(5, 2.5)); // 0
 * ```
 */
export function meanRelativeAccuracy(predicted: number, truth: number): number {
  if (typeof predicted !== "number") throw argumentError("meanRelativeAccuracy", "predicted", predicted, "a number");
  if (typeof truth !== "number") throw argumentError("meanRelativeAccuracy", "truth", truth, "a number");
  const relativeError = Math.abs(predicted - truth) / truth;
  let passed = 0;
  for (const threshold of MEAN_RELATIVE_ACCURACY_THRESHOLDS) {
    if (relativeError <= 1 - threshold) passed += 1;
  }
  return passed / MEAN_RELATIVE_ACCURACY_THRESHOLDS.length;
}

/**
 * What VSI-Bench's code takes as the answer: `prediction.split(' ')[0].rstrip('.').strip()`. A leading space gives "",
 * and only U+0020 splits: "3\nchairs" stays whole.
 *
 * @example
 * ```js
 * import { officialAnswer } from "@vsi/scoring";
 *
 * console.log(officialAnswer("2.5 meters")); // 2.5
 * console.log(officialAnswer("About 2.5 meters")); // About
 * ```
 */
export function officialAnswer(prediction: string): string {
  if (typeof prediction !== "string") throw argumentError("officialAnswer", "prediction", prediction, TEXT.words);
  const space = prediction.indexOf(" ");
  let end = space < 0 ? prediction.length : space;
  while (end > 0 && prediction.charCodeAt(end - 1) === 46) end -= 1;
  return pythonStrip(prediction.slice(0, end));
}
