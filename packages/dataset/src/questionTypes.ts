import { argumentError } from "./kinds.ts";

/** The datasets' protocols, the default first: VSI-100k (arXiv 2504.00883) and VSI-Bench (arXiv 2412.14171). */
export const PROTOCOL_NAMES = ["vsi-100k", "vsi-bench"] as const;

/** One of PROTOCOL_NAMES. */
export type ProtocolName = (typeof PROTOCOL_NAMES)[number];

/** What a number answers in: objects, metres, centimetres or square metres. */
export type AnswerUnit = "count" | "m" | "cm" | "m2";

/**
 * What an answer is.
 * - `number`: in the type's `unit`, scored by relative accuracy; all other kinds are words, right or wrong.
 * - `object`: one of the objects that the question lists.
 * - `direction`: where an object is for someone who stands and faces; one of `words`.
 * - `movement`: where a camera moved, along its own axes; one of `words`.
 * - `order`: a list of the objects that the question lists.
 * - `turns`: a list of turns ("Turn Left, Turn Right"), one for each stop of a route.
 */
export type AnswerKind = "number" | "object" | "direction" | "movement" | "order" | "turns";

/**
 * What a question type needs of a scan besides its objects: a camera's stream, every frame of that stream for when each
 * object first appears, or the mesh's free floor.
 */
export type ScanNeed = (typeof SCAN_NEEDS)[number];

const SCAN_NEEDS = ["stream", "first-seen", "walkable"] as const;

/** One row of the table of question types. */
export interface QuestionTypeRow {
  /** `question_type` in records. */
  name: string;
  /** For tables and charts. */
  title: string;
  /** What the answer is: from the benchmark's wording. */
  answer: AnswerKind;
  /** What the wording asks a number in ("in meters"); null where the answer is words. */
  unit: AnswerUnit | null;
  /**
   * All the words that answers are made of where they are the same in every question, as the wording lists them; null
   * elsewhere.
   */
  words: readonly string[] | null;
  /** What must be there to ask it: from the type's definition. */
  needs: readonly ScanNeed[];
  /**
   * The row of the benchmark's table of scores that it counts in: the three directions share one, by the mean of their
   * means.
   */
  metricGroup: string;
  /** The dataset protocols with a wording for it (question-templates). */
  protocols: readonly ProtocolName[];
  /** The benchmark that defined it. */
  benchmark: "VSI-Bench" | "VSTI-Bench";
  /**
   * Its place, from 1, in the table of VSI-Bench's paper, the directions easy to hard; null for another benchmark's.
   */
  paperPlace: number | null;
}

const SIDES = ["left", "right"] as const;
const VSI_100K_TOO = ["vsi-100k", "vsi-bench"] as const;
const VSI_BENCH_ONLY = ["vsi-bench"] as const;

/**
 * Every question type, in the order in which datasets hold them: VSI-Bench's (Yang et al., arXiv 2412.14171), then
 * VSTI-Bench's for what a camera did and saw (VLM-3R, Fan et al., arXiv 2505.20279), then routes, which came last.
 * Lists, units, titles and groups of question types are derived from these rows alone.
 *
 * Titles of VSI-Bench's types are the heads of its paper's table, with the difficulty in brackets; those of
 * VSTI-Bench's are this project's. The protocol vsi-100k has the six types of VSI-100k (Liao et al., arXiv 2504.00883).
 */
export const QUESTION_TYPE_ROWS = [
  {
    name: "object_counting",
    title: "Obj. Count",
    answer: "number",
    unit: "count",
    words: null,
    needs: [],
    metricGroup: "object_counting",
    protocols: VSI_100K_TOO,
    benchmark: "VSI-Bench",
    paperPlace: 1,
  },
  {
    name: "object_size_estimation",
    title: "Obj. Size",
    answer: "number",
    unit: "cm",
    words: null,
    needs: [],
    metricGroup: "object_size_estimation",
    protocols: VSI_100K_TOO,
    benchmark: "VSI-Bench",
    paperPlace: 3,
  },
  {
    name: "object_abs_distance",
    title: "Abs. Dist.",
    answer: "number",
    unit: "m",
    words: null,
    needs: [],
    metricGroup: "object_abs_distance",
    protocols: VSI_100K_TOO,
    benchmark: "VSI-Bench",
    paperPlace: 2,
  },
  {
    name: "object_rel_distance",
    title: "Rel. Dist.",
    answer: "object",
    unit: null,
    words: null,
    needs: [],
    metricGroup: "object_rel_distance",
    protocols: VSI_100K_TOO,
    benchmark: "VSI-Bench",
    paperPlace: 5,
  },
  {
    name: "object_rel_direction_easy",
    title: "Rel. Dir. (easy)",
    answer: "direction",
    unit: null,
    words: SIDES,
    needs: [],
    metricGroup: "object_rel_direction",
    protocols: VSI_100K_TOO,
    benchmark: "VSI-Bench",
    paperPlace: 6,
  },
  {
    name: "object_rel_direction_medium",
    title: "Rel. Dir. (medium)",
    answer: "direction",
    unit: null,
    words: [...SIDES, "back"],
    needs: [],
    metricGroup: "object_rel_direction",
    protocols: VSI_BENCH_ONLY,
    benchmark: "VSI-Bench",
    paperPlace: 7,
  },
  {
    name: "object_rel_direction_hard",
    title: "Rel. Dir. (hard)",
    answer: "direction",
    unit: null,
    words: ["front-left", "front-right", "back-left", "back-right"],
    needs: [],
    metricGroup: "object_rel_direction",
    protocols: VSI_BENCH_ONLY,
    benchmark: "VSI-Bench",
    paperPlace: 8,
  },
  {
    name: "room_size_estimation",
    title: "Room Size",
    answer: "number",
    unit: "m2",
    words: null,
    needs: [],
    metricGroup: "room_size_estimation",
    protocols: VSI_100K_TOO,
    benchmark: "VSI-Bench",
    paperPlace: 4,
  },
  {
    name: "obj_appearance_order",
    title: "Appr. Order",
    answer: "order",
    unit: null,
    words: null,
    needs: ["stream", "first-seen"],
    metricGroup: "obj_appearance_order",
    protocols: VSI_BENCH_ONLY,
    benchmark: "VSI-Bench",
    paperPlace: 10,
  },
  {
    name: "camera_displacement",
    title: "Camera Displacement",
    answer: "number",
    unit: "m",
    words: null,
    needs: ["stream"],
    metricGroup: "camera_displacement",
    protocols: VSI_BENCH_ONLY,
    benchmark: "VSTI-Bench",
    paperPlace: null,
  },
  {
    name: "camera_movement_direction",
    title: "Camera Direction",
    answer: "movement",
    unit: null,
    words: ["right", "left", "up", "down", "forward", "backward"],
    needs: ["stream"],
    metricGroup: "camera_movement_direction",
    protocols: VSI_BENCH_ONLY,
    benchmark: "VSTI-Bench",
    paperPlace: null,
  },
  {
    name: "camera_obj_abs_dist",
    title: "Camera Abs. Dist.",
    answer: "number",
    unit: "m",
    words: null,
    needs: ["stream"],
    metricGroup: "camera_obj_abs_dist",
    protocols: VSI_BENCH_ONLY,
    benchmark: "VSTI-Bench",
    paperPlace: null,
  },
  {
    name: "camera_obj_rel_dist",
    title: "Camera Rel. Dist.",
    answer: "object",
    unit: null,
    words: null,
    needs: ["stream"],
    metricGroup: "camera_obj_rel_dist",
    protocols: VSI_BENCH_ONLY,
    benchmark: "VSTI-Bench",
    paperPlace: null,
  },
  {
    name: "route_planning",
    title: "Route Plan",
    answer: "turns",
    unit: null,
    words: null,
    needs: ["walkable"],
    metricGroup: "route_planning",
    protocols: VSI_BENCH_ONLY,
    benchmark: "VSI-Bench",
    paperPlace: 9,
  },
] as const satisfies readonly QuestionTypeRow[];

type Row = (typeof QUESTION_TYPE_ROWS)[number];
type VsiBenchRow = Extract<Row, { benchmark: "VSI-Bench" }>;

/** The name of a question type, such as "object_counting": `question_type` in records. */
export type QuestionType = Row["name"];

/** The types that VSI-Bench itself has. */
export type VsiBenchType = VsiBenchRow["name"];

/** A row of a table of scores. */
export type MetricGroup = Row["metricGroup"];

/** A column of VSI-Bench's table of scores. */
export type VsiBenchGroup = VsiBenchRow["metricGroup"];

/** The types' names, in the table's order. */
export const QUESTION_TYPES: readonly QuestionType[] = QUESTION_TYPE_ROWS.map(({ name }) => name);

const VSI_BENCH_ROWS = QUESTION_TYPE_ROWS.filter(isOfVsiBench).sort((one, other) => one.paperPlace - other.paperPlace);

/** VSI-Bench's ten types in the order of its paper's table. */
export const VSI_BENCH_TYPES: readonly VsiBenchType[] = VSI_BENCH_ROWS.map(({ name }) => name);

/** The eight columns of VSI-Bench's table of scores, in the paper's order. */
export const VSI_BENCH_GROUPS: readonly VsiBenchGroup[] = [
  ...new Set(VSI_BENCH_ROWS.map(({ metricGroup }) => metricGroup)),
];

/** The titles of groups of several types; a group of one type has that type's. */
const SHARED_TITLES: Readonly<Record<string, string>> = { object_rel_direction: "Rel. Dir." };

const ROWS_BY_NAME: ReadonlyMap<string, QuestionTypeRow> = new Map(QUESTION_TYPE_ROWS.map((row) => [row.name, row]));

/**
 * Whether `value` is the name of a question type.
 *
 * @example
 * ```js
 * import { isQuestionType } from "@vsi/dataset";
 *
 * console.log(isQuestionType("object_counting"), isQuestionType("object_count")); // true false
 * ```
 */
export function isQuestionType(value: unknown): value is QuestionType {
  return typeof value === "string" && ROWS_BY_NAME.has(value);
}

/**
 * A question type's row.
 *
 * @throws OptionsError "argument-value" for a name that no row has: check names from outside with isQuestionType.
 *
 * @example
 * ```js
 * import { questionTypeRow } from "@vsi/dataset";
 *
 * const { title, unit, benchmark } = questionTypeRow("object_abs_distance");
 * console.log(title, unit, benchmark); // Abs. Dist. m VSI-Bench
 * ```
 */
export function questionTypeRow(name: QuestionType): QuestionTypeRow {
  const row = ROWS_BY_NAME.get(name);
  if (row === undefined) throw argumentError("questionTypeRow", "name", name, `one of ${QUESTION_TYPES.join(", ")}`);
  return row;
}

/**
 * Whether questions of this type need something of a scan.
 *
 * @example
 * ```js
 * import { typeNeeds } from "@vsi/dataset";
 *
 * console.log(typeNeeds("obj_appearance_order", "stream"), typeNeeds("object_counting", "stream")); // true false
 * ```
 */
export function typeNeeds(name: QuestionType, need: ScanNeed): boolean {
  if (!SCAN_NEEDS.includes(need)) throw argumentError("typeNeeds", "need", need, `one of ${SCAN_NEEDS.join(", ")}`);
  return questionTypeRow(name).needs.includes(need);
}

/**
 * The types that count in a group, in the table's order.
 *
 * @throws OptionsError "argument-value" for a group that no type is in.
 *
 * @example
 * ```js
 * import { typesInGroup } from "@vsi/dataset";
 *
 * console.log(typesInGroup("object_rel_direction").join(", "));
 * ```
 */
export function typesInGroup(group: MetricGroup): QuestionType[] {
  const types = QUESTION_TYPE_ROWS.filter(({ metricGroup }) => metricGroup === group).map(({ name }) => name);
  if (types.length > 0) return types;
  const groups = new Set(QUESTION_TYPE_ROWS.map(({ metricGroup }) => metricGroup));
  throw argumentError("typesInGroup", "group", group, `one of ${[...groups].join(", ")}`);
}

/**
 * What a group's row is called in tables and charts.
 *
 * @example
 * ```js
 * import { groupTitle } from "@vsi/dataset";
 *
 * console.log(groupTitle("object_rel_direction")); // Rel. Dir.
 * ```
 */
export function groupTitle(group: MetricGroup): string {
  return (
    (Object.hasOwn(SHARED_TITLES, group) ? SHARED_TITLES[group] : null) ??
    typesInGroup(group)
      .map((name) => questionTypeRow(name).title)
      .join(", ")
  );
}

function isOfVsiBench(row: Row): row is VsiBenchRow {
  return row.benchmark === "VSI-Bench";
}
