import type { Evidence } from "@vsi/dataset";
import type { SceneFacts } from "@vsi/geometry";
import { distanceKindOf } from "../distances/distanceKindOf.ts";
import { nearestInstances } from "../distances/nearestInstances.ts";
import type { DistanceKind } from "../distances/objectDistances.ts";
import { VSI_BENCH } from "../protocols/vsiBench.ts";
import type { LabelKind } from "../scene/scene.ts";
import { DIRECTION_SECTORS } from "../tasks/directionSectors.ts";
import { absDistanceAnswer } from "../tasks/objectAbsDistance.ts";
import { countingAnswer } from "../tasks/objectCounting.ts";
import { relDirectionAnswer } from "../tasks/objectRelDirection.ts";
import { relDistanceAnswer } from "../tasks/objectRelDistance.ts";
import { sizeAnswer } from "../tasks/objectSizeEstimation.ts";
import { roomAnswer } from "../tasks/roomSizeEstimation.ts";
import type { Answer } from "../tasks/task.ts";
import { checkQuery, refuseOnePlace } from "./checkQuery.ts";
import { findInstances, findOnly, type QueriedScene } from "./findInstances.ts";
import type { Query } from "./query.ts";
import { queryDistance, queryScene } from "./queryScene.ts";

/** What a query means; what is left out is as VSI_BENCH has it: canonical names, surface distances or, without them, boxes. */
export interface AnswerOptions {
  /** Which names the query uses. */
  labels?: LabelKind;
  /** What the distance between two objects means; `sampled` agrees with VSI-Bench's published answers. */
  distance?: DistanceKind;
}

/** The answer to a query. */
export interface QueryAnswer {
  /** As the benchmark writes it: the number ("2.3"), the word ("front-left") or the choice's name; never a letter. */
  ground_truth: string;
  /** The answer before rounding; for choices the number it was decided by. In `unit`. */
  value: number | null;
  unit: Evidence["unit"];
  /** How far the answer is from becoming another one, in `unit`; null for numbers. */
  margin: number | null;
  evidence: Evidence;
}

/**
 * The answer to a question that someone else asked, by the arithmetic that generateQuestions uses and without its
 * ambiguity rules, so that a benchmark's answers can be checked.
 * What facts take to prepare is kept for the next query: do not change facts between calls.
 *
 * @param facts metres, axis-aligned, +Z up.
 * @throws QueryError when the facts do not hold the answer: a category that is not there or may not be named
 * ("query-category"), several where one is meant ("query-several"), directions between objects in one place
 * ("query-one-place"), or no such query ("query-type", "query-names").
 * @throws FactsError as generateQuestions does.
 */
export function answerQuery(facts: SceneFacts, query: Query, options: AnswerOptions = {}): QueryAnswer {
  const { labels = VSI_BENCH.labels, distance = distanceKindOf(facts, VSI_BENCH.distances) } = options;
  checkQuery(query, facts);
  const { ground_truth, evidence } = answerOf({ facts, scene: queryScene(facts, labels), labels }, query, distance);
  const { value, unit, margin } = evidence;
  return { ground_truth, value, unit, margin, evidence: { ...evidence, route: null, frames: null } };
}

function answerOf(queried: QueriedScene, query: Query, kind: DistanceKind): Answer {
  const { facts, scene } = queried;
  switch (query.question_type) {
    case "object_counting": {
      const instances = findInstances(queried, query.category, "category");
      return countingAnswer(instances, scene.publishedCounts.get(query.category) ?? instances.length);
    }
    case "object_size_estimation":
      return sizeAnswer(findOnly(queried, query.category, "category"));
    case "room_size_estimation":
      return roomAnswer(scene.roomArea_m2);
    case "object_abs_distance": {
      const [a, b] = query.objects;
      const instances = findInstances(queried, a, "objects[0]");
      return absDistanceAnswer(instances, findInstances(queried, b, "objects[1]"), queryDistance(facts, kind));
    }
    case "object_rel_distance": {
      const targets = findInstances(queried, query.category, "category");
      const choices = query.choices.map((name, index) => findInstances(queried, name, `choices[${index}]`));
      const distance = queryDistance(facts, kind);
      return relDistanceAnswer(choices.map((instances) => nearestInstances(targets, instances, distance)));
    }
    case "object_rel_direction_easy":
    case "object_rel_direction_medium":
    case "object_rel_direction_hard": {
      const triple = [
        findOnly(queried, query.positioning, "positioning"),
        findOnly(queried, query.orienting, "orienting"),
        findOnly(queried, query.querying, "querying"),
      ] as const;
      refuseOnePlace(triple, facts);
      return relDirectionAnswer(triple, DIRECTION_SECTORS[query.question_type]);
    }
  }
}
