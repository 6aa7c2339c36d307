import { at } from "@vsi/dataset";
import type { SceneObject } from "@vsi/geometry";
import vsi100k from "@vsi/question-templates/vsi-100k/object_abs_distance.json" with { type: "json" };
import vsiBench from "@vsi/question-templates/vsi-bench/object_abs_distance.json" with { type: "json" };
import { combinationCount, combinationOfRank } from "../combinations.ts";
import { nearestInstances, type ObjectDistance } from "../distances.ts";
import { findInstances } from "../scene/findInstances.ts";
import { roundAnswer } from "../wording.ts";
import { NO_MARKS, planLine, planPoint } from "./marks.ts";
import { refuseZero, traceDistance } from "./measured.ts";
import type { Answer, QueryForm, QuestionTypeModule } from "./questionType.ts";

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
  templates: { "vsi-100k": vsi100k.template, "vsi-bench": vsiBench.template },
  order: "every",
  candidates({ scene, protocol, distance }) {
    const limit = protocol.absoluteDistance.smallestDistance_m;
    return {
      count: combinationCount(scene.singles.length, 2),
      ask(index) {
        const pair = combinationOfRank(index, 2);
        const a = at(scene.singles, at(pair, 0));
        const b = at(scene.singles, at(pair, 1));
        const answer = absDistanceAnswer([a], [b], distance);
        const { object_ids, value } = answer.evidence;
        if (value !== null && value < limit) {
          const message = `The ${a.label} and the ${b.label} are less than ${limit} m apart.`;
          const refusal = { code: "objects-too-close", message, object_ids, value, limit, unit: "m" as const };
          return { draft: null, refusals: [refusal] };
        }
        return refuseZero({ words: { a: a.label, b: b.label }, ...answer }, 0.1);
      },
    };
  },
  query: {
    read: (word) => ({ question_type: "object_abs_distance", objects: [word("a"), word("b")] }),
    names: ({ objects }) => ({ list: objects, least: 2 }),
    answer({ objects: [a, b] }, queried) {
      const instances = findInstances(queried, a, "objects[0]");
      return absDistanceAnswer(instances, findInstances(queried, b, "objects[1]"), queried.distance());
    },
  } satisfies QueryForm<AbsDistanceQuery>,
  describe: ({ named: [first, second], between, value }) =>
    `measured between ${between} of ${first} and ${second}: ${value}`,
  marks({ asked: [first, second], question }) {
    if (!first || !second) {
      return NO_MARKS;
    }
    const label = `${question.ground_truth} m`;
    return { lines: [planLine(planPoint(first.centroid), planPoint(second.centroid), label)], points: [] };
  },
  trace: traceDistance,
};

/** Between the closest instances of two labels, in metres, one decimal. Both have at least one instance. */
function absDistanceAnswer(
  instances: readonly SceneObject[],
  others: readonly SceneObject[],
  distance: ObjectDistance,
): Answer {
  const { a, b, distance_m } = nearestInstances(instances, others, distance);
  return {
    ground_truth: roundAnswer(distance_m, 1),
    evidence: { object_ids: [a.id, b.id], value: distance_m, unit: "m", margin: null },
  };
}
