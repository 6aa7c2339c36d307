import { at, type PlanPoint } from "@vsi/dataset/internal";
import type { SceneObject } from "@vsi/geometry";
import distance100k from "@vsi/question-templates/vsi-100k/object_abs_distance.json" with { type: "json" };
import size100k from "@vsi/question-templates/vsi-100k/object_size_estimation.json" with { type: "json" };
import room100k from "@vsi/question-templates/vsi-100k/room_size_estimation.json" with { type: "json" };
import distanceBench from "@vsi/question-templates/vsi-bench/object_abs_distance.json" with { type: "json" };
import sizeBench from "@vsi/question-templates/vsi-bench/object_size_estimation.json" with { type: "json" };
import roomBench from "@vsi/question-templates/vsi-bench/room_size_estimation.json" with { type: "json" };
import { combinationCount, combinationOfRank } from "../combinations.ts";
import { nearestInstances, type ObjectPair } from "../distances.ts";
import { QueryError } from "../errors.ts";
import { refuseLabel } from "../scene/doubtfulLabels.ts";
import { findInstances, findOnly, type Scene } from "../scene/scene.ts";
import { roundAnswer } from "../wording.ts";
import { NO_MARKS, planLine, planPoint, planReach } from "./marks.ts";
import { flawOfWord } from "./queryFlaws.ts";
import type {
  Answer,
  Attempt,
  Draft,
  ProtocolRules,
  QueryForm,
  QuestionTypeModule,
  Refusal,
  TracedQuestion,
} from "./questionType.ts";

/** How long the longest side of the only object of a category is. */
export interface SizeQuery {
  question_type: "object_size_estimation";
  category: string;
}

/**
 * The longest side of an object's oriented box in whole centimetres: each label with exactly one instance. Refused with
 * the code of doubtfulLabels where it is in doubt what the label means, and with those of unclearObjects.
 */
export const objectSizeEstimation: QuestionTypeModule = {
  type: "object_size_estimation",
  templates: { "vsi-100k": size100k.template, "vsi-bench": sizeBench.template },
  order: "every",
  candidates({ scene }) {
    const doubtful = scene.doubtfulLabels.filter(({ objects }) => objects.length === 1);
    return {
      count: scene.onlyOnes.length + doubtful.length,
      ask(index) {
        const doubt = doubtful[index - scene.onlyOnes.length];
        if (doubt) {
          return { draft: null, refusals: [refuseLabel(doubt)] };
        }
        const object = at(scene.onlyOnes, index);
        const unclear = scene.unclear.sized.get(object.id);
        if (unclear) {
          return { draft: null, refusals: [unclear] };
        }
        return refuseZero({ words: { category: object.label }, ...sizeAnswer(object) }, 1);
      },
    };
  },
  query: {
    read: ({ category = "" }) => ({ question_type: "object_size_estimation", category }),
    phrase: ({ category }) => ({ words: { category }, meaning: {} }),
    names: ({ category }) => ({ list: [category], least: 1 }),
    answer: ({ category }, queried) => sizeAnswer(findOnly(queried, category, "category")),
  } satisfies QueryForm<SizeQuery>,
  describe: ({ named, value }) => `the longest side of the box of ${named[0]}: ${value}`,
  marks: ({ asked, question }) => ({
    lines: asked.slice(0, 1).map((object) => planLine(...longestSide(object), `${question.ground_truth} cm`)),
    points: [],
  }),
  trace: ({ value }) => `From one end to the other, its longest side measures about ${value.toFixed(1)} centimeters.`,
};

/** The longest side of the object's oriented box, in whole centimetres. */
function sizeAnswer(object: SceneObject): Answer {
  const longest_cm = Math.max(...object.box.size) * 100;
  return {
    ground_truth: roundAnswer(longest_cm, 0),
    evidence: { object_ids: [object.id], value: longest_cm, unit: "cm", margin: null },
  };
}

/** Through the box's centre. */
function longestSide({ box: { center, size, axes } }: SceneObject): [PlanPoint, PlanPoint] {
  const longest = Math.max(...size);
  const axis = at(axes, size.indexOf(longest));
  const end = (half: number): PlanPoint => [center[0] + half * longest * axis[0], center[1] + half * longest * axis[1]];
  return [end(-0.5), end(0.5)];
}

/** How large the room is. */
export interface RoomSizeQuery {
  question_type: "room_size_estimation";
  /**
   * Whether it is about all that is shown, as VSI-Bench says and where it is absent, or the main room alone (ReVSI).
   * Facts hold one area: that of the whole scan, or what their source published for just this question.
   */
  rooms?: "all" | "main";
}

/** The room's floor area in square metres, one decimal: one question a scan. */
export const roomSizeEstimation: QuestionTypeModule = {
  type: "room_size_estimation",
  templates: { "vsi-100k": room100k.template, "vsi-bench": roomBench.template },
  order: "every",
  candidates({ scene }) {
    return {
      count: 1,
      ask() {
        const refusal = refuseMainRoom(scene);
        if (refusal !== null) return { draft: null, refusals: [refusal] };
        return refuseZero({ words: {}, ...roomAnswer(scene.roomArea_m2) }, 0.1);
      },
    };
  },
  query: {
    read: () => ({ question_type: "room_size_estimation" }),
    phrase: ({ rooms }) => ({ words: {}, meaning: rooms === "main" ? { rooms } : {} }),
    names: () => ({ list: [], least: 0 }),
    flaw: ({ rooms }) => flawOfWord("rooms", rooms, ["all", "main"]),
    answer(_, { scene, facts }) {
      if (scene.roomArea_m2 > 0) return roomAnswer(scene.roomArea_m2);
      throw new QueryError("query-no-room", {
        file: `query about ${JSON.stringify(facts.scene_name)}`,
        place: "room.area_m2",
        got: "0, facts without a floor area",
        expected: "the floor's area",
        advice: "ReVSI publishes no outline of some rooms: leave the size of this one out.",
      });
    },
  } satisfies QueryForm<RoomSizeQuery>,
  describe: ({ value }) => `the floor's area: ${value}`,
  marks: ({ room, question }) => ({
    lines: [],
    points: [{ at: planPoint(room.center), label: `${question.ground_truth} m²` }],
  }),
  trace: ({ value }) => `The floor between the walls covers about ${value.toFixed(2)} square meters in all.`,
};

/**
 * Why the whole scan's size is not known: the questions ask for "the combined space" where several rooms are shown, and
 * ReVSI's annotation may be of the main one alone. Null where it is known.
 */
export function refuseMainRoom({ isMainRoom, roomArea_m2 }: Scene): Refusal | null {
  if (!isMainRoom) return null;
  return {
    code: "room-main-only",
    message: "The area is the main room's alone, and the question is about all rooms shown.",
    object_ids: [],
    value: roomArea_m2,
    limit: null,
    unit: "m2",
  };
}

/** Square metres, one decimal. */
function roomAnswer(area_m2: number): Answer {
  return {
    ground_truth: roundAnswer(area_m2, 1),
    evidence: { object_ids: [], value: area_m2, unit: "m2", margin: null },
  };
}

/** How far two categories are apart; of several instances, the closest count. */
export interface AbsDistanceQuery {
  question_type: "object_abs_distance";
  objects: readonly [string, string];
}

/**
 * The distance between two objects in metres, one decimal: every pair of one-instance labels, the lower id first.
 * Refused with code "objects-too-close" under the protocol's smallest distance.
 */
export const objectAbsDistance: QuestionTypeModule = {
  type: "object_abs_distance",
  templates: { "vsi-100k": distance100k.template, "vsi-bench": distanceBench.template },
  order: "every",
  candidates({ scene, protocol, distance }) {
    return {
      count: combinationCount(scene.singles.length, 2),
      ask(index) {
        const pair = combinationOfRank(index, 2);
        const a = at(scene.singles, at(pair, 0));
        const b = at(scene.singles, at(pair, 1));
        const answer = absDistanceAnswer({ a, b, distance_m: distance(a, b) });
        const refusal = refuseNear(answer, [a.label, b.label], protocol);
        if (refusal) return { draft: null, refusals: [refusal] };
        return refuseZero({ words: { a: a.label, b: b.label }, ...answer }, 0.1);
      },
    };
  },
  query: {
    read: ({ a = "", b = "" }) => ({ question_type: "object_abs_distance", objects: [a, b] }),
    phrase: ({ objects: [a, b] }) => ({ words: { a, b }, meaning: {} }),
    names: ({ objects }) => ({ list: objects, least: 2 }),
    answer({ objects: [a, b] }, queried) {
      const instances = findInstances(queried, a, "objects[0]");
      const others = findInstances(queried, b, "objects[1]");
      return absDistanceAnswer(nearestInstances(instances, others, queried.distance()));
    },
  } satisfies QueryForm<AbsDistanceQuery>,
  describe: ({ named: [first, second], between, value }) =>
    `measured between ${between} of ${first} and ${second}: ${value}`,
  marks({ asked: [first, second], question, measured }) {
    if (!first || !second) {
      return NO_MARKS;
    }
    const label = `${question.ground_truth} m`;
    return { lines: [planLine(...planReach(measured(first, second)), label)], points: [] };
  },
  trace: traceDistance,
};

/** Between the closest instances of two labels, in metres, one decimal. */
function absDistanceAnswer({ a, b, distance_m }: ObjectPair): Answer {
  return {
    ground_truth: roundAnswer(distance_m, 1),
    evidence: { object_ids: [a.id, b.id], value: distance_m, unit: "m", margin: null },
  };
}

/** Whether two objects are too near for their distance to be asked ("objects-too-close"). */
export function refuseNear(
  { evidence: { object_ids, value } }: Answer,
  [a, b]: readonly [string, string],
  { absoluteDistance: { smallestDistance_m: limit } }: Pick<ProtocolRules, "absoluteDistance">,
): Refusal | null {
  if (value === null || value >= limit) return null;
  const message = `The ${a} and the ${b} are less than ${limit} m apart.`;
  return { code: "objects-too-close", message, object_ids, value, limit, unit: "m" };
}

/**
 * The draft, unless its number reads as 0: relative accuracy divides by the truth (VSI-Bench's official metric raises
 * on a truth of 0). Refused with code "rounds-to-zero".
 *
 * @param smallestAnswer the smallest number the answer can show, such as 0.1; half of it is where rounding up starts.
 */
export function refuseZero(draft: Draft, smallestAnswer: number): Attempt {
  if (Number(draft.ground_truth) !== 0) {
    return { draft, refusals: [] };
  }
  const { object_ids, value, unit } = draft.evidence;
  const message = `The answer ${value} ${unit} rounds to ${draft.ground_truth}, which relative accuracy cannot be measured against.`;
  const limit = smallestAnswer / 2;
  return { draft: null, refusals: [{ code: "rounds-to-zero", message, object_ids, value, limit, unit }] };
}

/** What a trace says of a distance. */
export function traceDistance({ value, unit }: TracedQuestion): string | null {
  return unit === "m" ? `Between the two I measure a distance of about ${value.toFixed(2)} meters.` : null;
}
