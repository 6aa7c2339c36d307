import { answerUnit, QUESTION_TYPES, type QuestionType } from "../questionType.ts";

/** The eight columns of VSI-Bench's table, in the paper's order. */
export const OFFICIAL_TASKS = [
  "object_counting",
  "object_abs_distance",
  "object_size_estimation",
  "room_size_estimation",
  "object_rel_distance",
  "object_rel_direction",
  "route_planning",
  "obj_appearance_order",
] as const;

/** One of OFFICIAL_TASKS. */
export type OfficialTask = (typeof OFFICIAL_TASKS)[number];

/** One scored question. */
export interface ScoredQuestion {
  question_type: string;
  /** In 0 to 1, from scoreOfficial or any other metric. */
  score: number;
}

/** VSI-Bench's table. */
export interface OfficialTable {
  /** Mean score of each task in 0 to 1; null where it has no questions, or relative direction lacks one of its three difficulties. */
  tasks: Record<OfficialTask, number | null>;
  /** Mean of the tasks that have a value; null when none has. */
  overall: number | null;
  /** How many questions of each type were averaged; types without questions are left out. */
  questions: Partial<Record<QuestionType, number>>;
}

const DIRECTIONS = ["object_rel_direction_easy", "object_rel_direction_medium", "object_rel_direction_hard"] as const;

/**
 * The table of VSI-Bench's official code (Yang et al., arXiv 2412.14171): the mean of each task, relative direction as the mean of its
 * three difficulties whatever their numbers of questions, and the mean of the tasks. Where a difficulty is missing the official code
 * raises a KeyError; here that task is null. Throws a ScoringError for an unknown question type.
 */
export function officialTable(scored: Iterable<ScoredQuestion>): OfficialTable {
  const sums = new Map<string, { total: number; count: number }>();
  for (const { question_type, score } of scored) {
    answerUnit(question_type);
    const sum = sums.get(question_type) ?? { total: 0, count: 0 };
    sum.total += score;
    sum.count += 1;
    sums.set(question_type, sum);
  }
  const mean = (type: string): number | null => {
    const sum = sums.get(type);
    return sum === undefined ? null : sum.total / sum.count;
  };
  const tasks = Object.fromEntries(
    OFFICIAL_TASKS.map((task) => [
      task,
      task === "object_rel_direction" ? meanOfAll(DIRECTIONS.map(mean)) : mean(task),
    ]),
  ) as Record<OfficialTask, number | null>;
  const present = Object.values(tasks).filter((value) => value !== null);
  const questions: Partial<Record<QuestionType, number>> = {};
  for (const type of QUESTION_TYPES) {
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
