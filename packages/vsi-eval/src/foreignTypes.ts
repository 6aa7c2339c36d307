import { groupTitle, isQuestionType, QUESTION_TYPES, type QuestionType, questionTypeRow } from "@vsi/dataset";

/** A question type of another benchmark: what it is called, and whose answers its answers are like. */
interface ForeignType {
  title: string;
  /** The type of ours with the same kind of answer, in the same unit. */
  readAs: QuestionType;
  /** The row of the benchmark's table that it counts in; null for none. */
  group: string | null;
}

/** What stands in ReVSI's table (Zhang et al., arXiv 2604.24300) beside the types that it shares with VSI-Bench. */
const REVSI_TYPES: readonly (readonly [name: string, title: string, readAs: QuestionType, group: string])[] = [
  ["object_counting_single", "Obj. Count (one)", "object_counting", "object_counting"],
  ["object_counting_multiple", "Obj. Count (two)", "object_counting", "object_counting"],
  ["room_size_estimation_single", "Room Size (main)", "room_size_estimation", "room_size_estimation"],
  ["room_size_estimation_multiple", "Room Size (all)", "room_size_estimation", "room_size_estimation"],
  ["object_rel_distance_closest", "Rel. Dist. (closest)", "object_rel_distance", "object_rel_distance"],
  ["object_rel_distance_farthest", "Rel. Dist. (farthest)", "object_rel_distance", "object_rel_distance"],
  // Its easy level has the words of VSI-Bench's medium one: left, right, back.
  ["object_rel_direction_forward_easy", "Rel. Dir. (easy)", "object_rel_direction_medium", "object_rel_direction"],
  ["object_rel_direction_backward_easy", "Rel. Dir. (easy, b.)", "object_rel_direction_medium", "object_rel_direction"],
  ["object_rel_direction_forward_hard", "Rel. Dir. (hard)", "object_rel_direction_hard", "object_rel_direction"],
  ["object_rel_direction_backward_hard", "Rel. Dir. (hard, b.)", "object_rel_direction_hard", "object_rel_direction"],
];

/** VSTI-Bench's types that are not in our table (VLM-3R, Fan et al., arXiv 2505.20279); all are choices. */
const VSTI_TYPES = [
  "camera_obj_rel_dist_v1",
  "camera_obj_rel_dist_v2",
  "camera_obj_rel_dist_v3",
  "obj_obj_relative_pos_nf",
  "obj_obj_relative_pos_lr",
  "obj_obj_relative_pos_ud",
  "camera_obj_dist_change",
] as const;

/** One of what the question lists: letters and texts are read, no word of its own is looked for. */
const ANY_CHOICE: QuestionType = "camera_obj_rel_dist";

const FOREIGN: ReadonlyMap<string, ForeignType> = new Map<string, ForeignType>([
  ...REVSI_TYPES.map(([name, title, readAs, group]) => [name, { title, readAs, group }] as const),
  ...VSTI_TYPES.map((name) => [name, { title: name, readAs: ANY_CHOICE, group: null }] as const),
]);

/** The types that ReVSI alone has. */
export const REVSI_TYPE_NAMES: readonly string[] = REVSI_TYPES.map(([name]) => name);

const REVSI_NAMES: ReadonlySet<string> = new Set(REVSI_TYPE_NAMES);

/** Whether questions of this type are ReVSI's and nobody else's. */
export function isRevsiType(type: string): boolean {
  return REVSI_NAMES.has(type);
}

/** The types of other benchmarks that are known, in the order of their rows. */
export const FOREIGN_TYPES: readonly string[] = [...FOREIGN.keys()];

/** The row of a benchmark's table that a type counts in; null for a type beside the tables. */
export function groupOf(type: string): string | null {
  if (!isQuestionType(type)) return FOREIGN.get(type)?.group ?? null;
  const { benchmark, metricGroup } = questionTypeRow(type);
  return benchmark === "VSI-Bench" ? metricGroup : null;
}

/** What a type is called in tables: a title, or its own name where nobody gave it one. */
export function typeTitle(type: string): string {
  return isQuestionType(type) ? questionTypeRow(type).title : (FOREIGN.get(type)?.title ?? type);
}

/** What a row of a benchmark's table is called: of a group where types share one. */
export function rowTitle(row: string): string {
  const isGroup = QUESTION_TYPES.some((type) => questionTypeRow(type).metricGroup === row);
  return isGroup ? groupTitle(row as Parameters<typeof groupTitle>[0]) : typeTitle(row);
}

/** What tells how a question is answered. */
interface Answered {
  question_type: string;
  question: string;
  ground_truth: string;
  options: readonly string[] | null;
}

/**
 * The type of ours whose rules an answer follows. A type that nobody here knows is taken for what it is: with options a
 * choice, a number by the unit in its question, a word otherwise.
 */
export function scoredAs({ question_type, question, ground_truth, options }: Answered): QuestionType {
  if (isQuestionType(question_type)) return question_type;
  const known = FOREIGN.get(question_type);
  if (known !== undefined) return known.readAs;
  if (options !== null || Number.isNaN(Number.parseFloat(ground_truth))) return ANY_CHOICE;
  if (/square met(?:er|re)|\bm2\b|m²/i.test(question)) return "room_size_estimation";
  if (/centimet(?:er|re)|\bcm\b/i.test(question)) return "object_size_estimation";
  if (/\bmet(?:er|re)s?\b|\(m\)/i.test(question)) return "object_abs_distance";
  return "object_counting";
}
