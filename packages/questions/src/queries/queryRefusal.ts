import { ANY, at, checkArguments, type OptionKinds, RECORD } from "@vsi/dataset/internal";
import type { SceneFacts, SceneObject } from "@vsi/geometry";
import { distanceKindOf, nearestInstances, type ObjectDistance } from "../distances.ts";
import type { GenerateOptions } from "../options.ts";
import { DEFAULT_GENERATE_OPTIONS, validateOptions } from "../options.ts";
import type { Protocol } from "../protocols/protocol.ts";
import { PROTOCOLS } from "../protocols/protocols.ts";
import { protocolWith } from "../protocols/rules.ts";
import { refuseLabel } from "../scene/doubtfulLabels.ts";
import { findInstances, findOnly, type QueriedScene, sceneOf } from "../scene/scene.ts";
import { streamOf } from "../scene/stream.ts";
import { LISTED_PLACES } from "../types/choices.ts";
import { refuseOnePlace, refuseStandpoint, refuseStraddling, refuseTriple } from "../types/directionRules.ts";
import { type AbsDistanceQuery, refuseMainRoom, refuseNear, refuseZero } from "../types/measures.ts";
import { categoryAppearances, refuseAppearances } from "../types/objAppearanceOrder.ts";
import { refuseCount } from "../types/objectCounting.ts";
import { DIRECTION_SECTORS, type RelDirectionQuery } from "../types/objectRelDirection.ts";
import { type RelDistanceQuery, refuseRelDistance } from "../types/objectRelDistance.ts";
import type { Answer, Refusal } from "../types/questionType.ts";
import type { Query } from "../types/registry.ts";
import { answerQuery, checkQuery, queryDistance, rememberedScene } from "./answerQuery.ts";

/** Whose rules a query is held against; what is left out is as VSI-Bench's own protocol has it. */
export type RefusalOptions = Partial<
  Pick<GenerateOptions, "protocol" | "rules" | "labels" | "distance" | "minVisiblePixels">
>;

const REFUSAL_OPTIONS: OptionKinds<RefusalOptions> = {
  protocol: ANY,
  rules: ANY,
  labels: ANY,
  distance: ANY,
  minVisiblePixels: ANY,
};

/**
 * Why generateQuestions would never ask this of the scene: the refusal that rejects.jsonl would hold, or null where it
 * could be asked. Limits of how many are asked, and what balancing picks, do not count; how a question is worded neither.
 * A route is never taken over: the generator plans its own ("route-not-planned").
 *
 * @throws QueryError as answerQuery does, where the facts do not hold the answer.
 * @throws FactsError, OptionsError as generateQuestions does.
 *
 * @example
 * ```js
 * import { readFile } from "node:fs/promises";
 * import { queryRefusal } from "@vsi/questions";
 *
 * const facts = JSON.parse(await readFile("vsi-100k/scenes/scene9000_00.json", "utf8"));
 * console.log(queryRefusal(facts, { question_type: "room_size_estimation" })); // null
 * ```
 */
export function queryRefusal(facts: SceneFacts, query: Query, options: RefusalOptions = {}): Refusal | null {
  checkArguments("queryRefusal", { facts: [facts, RECORD], options: [options, RECORD] });
  const { protocol: name = "vsi-bench", rules = DEFAULT_GENERATE_OPTIONS.rules } = { ...options };
  validateOptions({ ...options, protocol: name }, "queryRefusal", REFUSAL_OPTIONS);
  const protocol = protocolWith(PROTOCOLS[name], rules);
  const { labels = protocol.labels, distance = distanceKindOf(facts, protocol.distances) } = options;
  // Also detects invalid queries, and those that the facts can't answer.
  const answer = answerQuery(facts, query, { protocol: name, rules, labels, distance });
  const { minVisiblePixels = DEFAULT_GENERATE_OPTIONS.minVisiblePixels } = options;
  const scene = rememberedScene(facts, ["asked", name, rules, labels, minVisiblePixels].join(), () => {
    const stream = (facts.camera && streamOf(facts.camera, minVisiblePixels)) ?? null;
    return sceneOf(facts, labels, stream, protocol);
  });
  const { list } = checkQuery(query, facts).names(query);
  const doubtful = scene.doubtfulLabels.find(({ label }) => Array.isArray(list) && list.includes(label));
  if (doubtful !== undefined) return refuseLabel(doubtful);
  return refuseByType(query, answer, {
    ...{ facts, scene, labels, protocol },
    distance: queryDistance(facts, distance),
  });
}

interface RefusalInput extends QueriedScene {
  protocol: Protocol;
  distance: ObjectDistance;
}

function refuseByType(query: Query, answer: Answer, input: RefusalInput): Refusal | null {
  switch (query.question_type) {
    case "object_counting":
      return refuseCounts([query.category, ...(query.others ?? [])], input);
    case "object_size_estimation": {
      const object = findOnly(input, query.category, "category");
      return input.scene.unclear.sized.get(object.id) ?? refuseRounding(answer, 1);
    }
    case "room_size_estimation":
      return (query.rooms === "main" ? null : refuseMainRoom(input.scene)) ?? refuseRounding(answer, 0.1);
    case "object_abs_distance":
      return refuseAbsDistance(query, answer, input);
    case "object_rel_distance":
      return refuseRelDistanceQuery(query, input);
    case "obj_appearance_order":
      return refuseOrder(query.choices, input);
    case "route_planning":
      return refuseOf("route-not-planned", "The generator plans its own routes over the free floor.", []);
    default:
      return refuseDirection(query, input);
  }
}

function refuseOf(code: string, message: string, objects: readonly SceneObject[]): Refusal {
  return { code, message, object_ids: objects.map(({ id }) => id), value: null, limit: null, unit: null };
}

function refuseRounding(answer: Answer, smallestAnswer: number): Refusal | null {
  return refuseZero({ words: {}, ...answer }, smallestAnswer).refusals[0] ?? null;
}

/** An object that must be the one of its label, and clear. */
function refuseNamed(label: string, place: string, input: RefusalInput): Refusal | null {
  const instances = findInstances(input, label, place);
  const number = Math.max(instances.length, input.scene.publishedCounts.get(label) ?? 0);
  if (number > 1) {
    const message = `${number} objects are called ${label}: it is unclear which one is meant.`;
    return { ...refuseOf("several-instances", message, instances), value: number, limit: 1, unit: "count" };
  }
  const { unclear, singles } = input.scene;
  const object = at(instances, 0);
  const doubt = unclear.named.get(object.id);
  if (doubt) return doubt;
  return singles.some(({ id }) => id === object.id)
    ? null
    : refuseOf("not-all-seen", `No sampled frame shows the ${label}.`, [object]);
}

function refuseCounts(labels: readonly string[], input: RefusalInput): Refusal | null {
  const { unclear, publishedCounts } = input.scene;
  for (const [index, label] of labels.entries()) {
    const instances = findInstances(input, label, index === 0 ? "category" : `others[${index - 1}]`);
    const doubt = unclear.counted.get(label);
    if (doubt) return doubt;
    const published = publishedCounts.get(label) ?? instances.length;
    if (published !== instances.length) return refuseCount(label, instances, published);
    if (published < 2) {
      const message = `There is only one ${label}: counting questions need at least two.`;
      return { ...refuseOf("count-too-small", message, instances), value: published, limit: 2, unit: "count" };
    }
  }
  return null;
}

function refuseAbsDistance({ objects: [a, b] }: AbsDistanceQuery, answer: Answer, input: RefusalInput): Refusal | null {
  const named = refuseNamed(a, "objects[0]", input) ?? refuseNamed(b, "objects[1]", input);
  if (named) return named;
  return refuseNear(answer, [a, b], input.protocol) ?? refuseRounding(answer, 0.1);
}

function refuseRelDistanceQuery(query: RelDistanceQuery, input: RefusalInput): Refusal | null {
  const { category, choices, which } = query;
  const { protocol, scene, distance } = input;
  const named = refuseNamed(category, "category", input);
  if (named) return named;
  if (which === "farthest" || choices.length !== LISTED_PLACES.length) {
    return refuseOf("not-asked-so", "Only the nearest of four is asked for.", []);
  }
  const groups = choices.map((label, index) => findInstances(input, label, `choices[${index}]`));
  for (const [index, label] of choices.entries()) {
    const doubt = at(groups, index)
      .map(({ id }) => scene.unclear.named.get(id))
      .find((found) => found !== undefined);
    if (doubt) return doubt;
    if (protocol.relativeDistance.choices === "single") {
      const several = refuseNamed(label, `choices[${index}]`, input);
      if (several) return several;
    }
  }
  const targets = findInstances(input, category, "category");
  const byDistance = groups
    .map((instances) => nearestInstances(targets, instances, distance))
    .sort((one, other) => one.distance_m - other.distance_m);
  return refuseRelDistance(byDistance, scene.roomArea_m2, protocol);
}

function refuseDirection(query: RelDirectionQuery, input: RefusalInput): Refusal | null {
  const { positioning, orienting, querying, question_type, facing } = query;
  const { protocol, scene, facts } = input;
  for (const [label, place] of [
    [positioning, "positioning"],
    [orienting, "orienting"],
    [querying, "querying"],
  ] as const) {
    const named = refuseNamed(label, place, input);
    if (named) return named;
  }
  if (facing === "opposite")
    return refuseOf(
      "not-asked-so",
      "Directions are only asked for someone facing an object, not facing away from it.",
      [],
    );
  const triple = [
    findOnly(input, positioning, "positioning"),
    findOnly(input, orienting, "orienting"),
    findOnly(input, querying, "querying"),
  ] as const;
  refuseOnePlace(triple, facts);
  const sectors = DIRECTION_SECTORS[question_type];
  const rules = protocol.relativeDirection;
  return (
    refuseTriple(triple, sectors, rules) ??
    refuseStraddling(triple, sectors, rules) ??
    refuseStandpoint(triple, scene.floor_m, sectors, rules)
  );
}

function refuseOrder(choices: readonly string[], { scene }: RefusalInput): Refusal | null {
  const appearances = scene.stream === null ? [] : categoryAppearances(scene, scene.stream);
  const listed = choices.flatMap((label) => appearances.filter((appearance) => appearance.label === label));
  if (listed.length < LISTED_PLACES.length || choices.length !== LISTED_PLACES.length) {
    return refuseOf("not-all-seen", "Not four of the categories are clear and in the sampled frames.", []);
  }
  return refuseAppearances(listed.sort((one, other) => one.time_s - other.time_s));
}
