import type { SceneFacts } from "@vsi/geometry";
import { QueryError } from "../errors/queryError.ts";
import { floorDistance } from "../scene/floorPlane.ts";
import { centroidsOf, type Triple } from "../tasks/refuseTriple.ts";
import type { Query } from "./query.ts";

/**
 * Checks a query that came from a file or from JavaScript without types.
 *
 * @throws QueryError "query-type" for a question type that has no query, "query-names" when it names too few categories
 * or one of them twice: nothing is the closest to itself.
 */
export function checkQuery(query: Query, { scene_name }: SceneFacts): void {
  const file = `query about ${JSON.stringify(scene_name)}`;
  const names = namesIn(query);
  if (names === null) {
    throw new QueryError("query-type", {
      file,
      place: "question_type",
      got: JSON.stringify(query.question_type) ?? "nothing",
      expected: "a question type that facts without a stream can answer",
      advice: "Correct question_type; the type Query lists them all.",
    });
  }
  const { list, least } = names;
  if (!Array.isArray(list) || list.length < least || new Set(list).size < list.length) {
    throw new QueryError("query-names", {
      file,
      place: query.question_type,
      got: JSON.stringify(list),
      expected: `at least ${least} categories, no two the same`,
      advice: "Name each category once.",
    });
  }
}

/** What a query names and how many that must be; null for a type that is none. */
function namesIn(query: Query): { list: unknown; least: number } | null {
  switch (query.question_type) {
    case "object_counting":
    case "object_size_estimation":
      return { list: [query.category], least: 1 };
    case "room_size_estimation":
      return { list: [], least: 0 };
    case "object_abs_distance":
      return { list: query.objects, least: 2 };
    case "object_rel_distance":
      return { list: Array.isArray(query.choices) ? [query.category, ...query.choices] : null, least: 3 };
    case "object_rel_direction_easy":
    case "object_rel_direction_medium":
    case "object_rel_direction_hard":
      return { list: [query.positioning, query.orienting, query.querying], least: 3 };
    default:
      return null;
  }
}

/**
 * Refuses directions that are none.
 *
 * @throws QueryError "query-one-place" when the object faced or the one asked about stands, on the floor plane, where the
 * viewer does.
 */
export function refuseOnePlace(triple: Triple, { scene_name }: SceneFacts): void {
  const [positioning, orienting, querying] = centroidsOf(triple);
  for (const [place, centroid] of [
    ["orienting", orienting],
    ["querying", querying],
  ] as const) {
    if (floorDistance(positioning, centroid) === 0) {
      throw new QueryError("query-one-place", {
        file: `query about ${JSON.stringify(scene_name)}`,
        place,
        got: `an object where ${JSON.stringify(triple[0].label)} stands`,
        expected: "an object elsewhere on the floor plane",
        advice: "There is no direction from a place to itself: ask about another object.",
      });
    }
  }
}
