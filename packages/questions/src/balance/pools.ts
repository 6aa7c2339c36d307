import { isQuestionType, type QuestionType, questionTypeRow } from "@vsi/dataset";
import { at, isRecord } from "@vsi/dataset/internal";
import { combinationCount } from "../combinations.ts";
import { type OrderPick, type OrderPool, orderPool, pickedOrder } from "../types/objAppearanceOrder.ts";
import {
  type DirectionPick,
  type DirectionPool,
  type DirectionType,
  directionPool,
  pickedDirection,
} from "../types/objectRelDirection.ts";
import {
  pickedRelDistance,
  type RelDistancePick,
  type RelDistancePool,
  relDistancePool,
} from "../types/objectRelDistance.ts";
import type { Draft, Refusal, TaskInput } from "../types/questionType.ts";

/** The types whose questions are picked over all scans. */
export const POOLED_TYPES = [
  "object_rel_distance",
  "object_rel_direction_easy",
  "object_rel_direction_medium",
  "object_rel_direction_hard",
  "obj_appearance_order",
] as const satisfies readonly QuestionType[];

export type PooledType = (typeof POOLED_TYPES)[number];

/** Whether a type's questions are picked over all scans where balancing is on. */
export function isPooledType(type: QuestionType): type is PooledType {
  return (POOLED_TYPES as readonly QuestionType[]).includes(type);
}

/**
 * What a scan's questions may be picked from: every part that was asked for. Plain data, numbers in a row: those of
 * every scan of a build are in memory at a time, and as a list for each set and triple they took four times as much.
 */
export interface ScenePool extends Partial<Record<DirectionType, DirectionPool>> {
  object_rel_distance?: RelDistancePool;
  obj_appearance_order?: OrderPool;
}

/** A question that was picked from a scene's pool. */
export type Pick = RelDistancePick | DirectionPick | OrderPick;

/** What may be asked of one type in one scene. */
export interface TypePool {
  pool: ScenePool;
  refusals: Refusal[];
  /** Candidates that are not on record as refused. */
  open: number;
}

/**
 * A scene's part of the pool for one type.
 *
 * @param limit at most this many questions will be picked; may be infinite.
 */
export function poolOf(type: PooledType, input: TaskInput, limit: number): TypePool {
  switch (type) {
    case "object_rel_distance": {
      const { pool, refusals } = relDistancePool(input, limit);
      const open = input.scene.singles.length - refusals.length;
      return { pool: { object_rel_distance: pool }, refusals, open: pool.choices.length <= 4 ? 0 : open };
    }
    case "obj_appearance_order": {
      const { pool, refusals, candidates } = orderPool(input);
      return { pool: { obj_appearance_order: pool }, refusals, open: candidates - refusals.length };
    }
    default: {
      const { pool, refusals, candidates } = directionPool(type, input);
      return { pool: { [type]: pool }, refusals, open: candidates - refusals.length };
    }
  }
}

/** @throws RangeError for a pick that is not of this scene. */
export function draftOfPick(pick: Pick, input: TaskInput): Draft {
  switch (pick.question_type) {
    case "object_rel_distance":
      return pickedRelDistance(pick, input);
    case "obj_appearance_order":
      return pickedOrder(pick, input);
    default:
      return pickedDirection(pick, input);
  }
}

/** The same pool in as little memory as it takes, without a list of the given one's. */
export function packPool({ object_rel_distance, obj_appearance_order, ...directions }: ScenePool): ScenePool {
  const packed: ScenePool = {};
  for (const [type, { labels, ids, answers }] of Object.entries(directions)) {
    // Ids are any whole numbers, and mostly small.
    packed[type as DirectionType] = { labels, ids: inFewBytes(ids, highestOf(ids)), answers: Uint8Array.from(answers) };
  }
  if (object_rel_distance !== undefined) {
    const { choices, distances_m, centroids_m, targets, sets } = object_rel_distance;
    packed.object_rel_distance = {
      choices,
      distances_m: Float64Array.from(distances_m),
      centroids_m: Float64Array.from(centroids_m),
      targets,
      sets: inFewBytes(sets, choices.length),
    };
  }
  if (obj_appearance_order !== undefined) {
    const { labels, sets } = obj_appearance_order;
    packed.obj_appearance_order = { labels, sets: inFewBytes(sets, labels.length) };
  }
  return packed;
}

/** Whole numbers of which none is above the highest. */
function inFewBytes(numbers: ArrayLike<number>, highest: number): ArrayLike<number> {
  if (highest < 2 ** 8) return Uint8Array.from(numbers);
  return highest < 2 ** 16 ? Uint16Array.from(numbers) : Float64Array.from(numbers);
}

/** Infinity where one is below 0. */
function highestOf(numbers: ArrayLike<number>): number {
  let highest = 0;
  for (let place = 0; place < numbers.length; place += 1) {
    const number = at(numbers, place);
    if (number < 0) return Number.POSITIVE_INFINITY;
    highest = Math.max(highest, number);
  }
  return highest;
}

/** Whether a value that lay in a file has the form of a pool, so that picking from it reads no nonsense. */
export function isScenePool(value: unknown): value is ScenePool {
  return (
    isRecord(value) &&
    Object.entries(value).every(
      ([type, pool]) => isRecord(pool) && isQuestionType(type) && isPooledType(type) && isPoolOf(type, pool),
    )
  );
}

function isPoolOf(type: PooledType, pool: Readonly<Record<string, unknown>>): boolean {
  switch (type) {
    case "object_rel_distance": {
      const { choices, distances_m, centroids_m, targets, sets } = pool;
      return (
        isListOf(choices, isText) &&
        [distances_m, centroids_m].every(
          (distances) =>
            isListOf(distances, Number.isFinite) && distances.length === combinationCount(choices.length, 2),
        ) &&
        isListOf(targets, isTarget) &&
        areFours(sets, choices.length) &&
        sets.length === 4 * targets.reduce((sum, target) => sum + target.sets, 0)
      );
    }
    case "obj_appearance_order": {
      const { labels, sets } = pool;
      return isListOf(labels, isText) && areFours(sets, labels.length);
    }
    default: {
      const { labels, ids, answers } = pool;
      const words = questionTypeRow(type).words?.length ?? 0;
      return (
        isRecord(labels) &&
        Object.values(labels).every(isText) &&
        isListOf(answers, (answer) => isPlace(answer, words)) &&
        isListOf(ids, Number.isSafeInteger) &&
        ids.length === 3 * answers.length &&
        answers.every((_, triple) => new Set(ids.slice(3 * triple, 3 * triple + 3)).size === 3)
      );
    }
  }
}

function isListOf<Member>(value: unknown, fits: (member: unknown) => member is Member): value is Member[];
function isListOf(value: unknown, fits: (member: unknown) => boolean): value is unknown[];
function isListOf(value: unknown, fits: (member: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every(fits);
}

function isText(value: unknown): boolean {
  return typeof value === "string";
}

/** A place in a list of so many. */
function isPlace(value: unknown, count: number): boolean {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0 && value < count;
}

/** Sets of four in a row, all of them places in a list of so many. */
function areFours(value: unknown, count: number): value is number[] {
  return isListOf(value, (place) => isPlace(place, count)) && value.length % 4 === 0;
}

function isTarget(value: unknown): value is RelDistancePool["targets"][number] {
  return (
    isRecord(value) &&
    isText(value.label) &&
    Number.isSafeInteger(value.id) &&
    Number.isSafeInteger(value.sets) &&
    (value.sets as number) > 0
  );
}
