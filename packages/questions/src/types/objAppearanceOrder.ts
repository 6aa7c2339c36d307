import { drawWithoutRepetition, type RandomGenerator, shuffled } from "@vsi/dataset";
import { at, balancedSequence, placedAmong } from "@vsi/dataset/internal";
import vsiBench from "@vsi/question-templates/vsi-bench/obj_appearance_order.json" with { type: "json" };
import { combinationCount, combinationOfRank } from "../combinations.ts";
import { QueryError } from "../errors.ts";
import { areClear, findInstances, type QueriedScene, type Scene } from "../scene/scene.ts";
import type { Stream } from "../scene/stream.ts";
import { STREAM_RULES, streamTask } from "./cameraRules.ts";
import { listedNames, listedWords, namesByPlace } from "./choices.ts";
import { NO_MARKS } from "./marks.ts";
import type { Answer, Draft, QueryForm, QuestionTypeModule, Refusal, TaskInput } from "./questionType.ts";

/** In which order at least two categories are first seen over the whole stream. */
export interface AppearanceOrderQuery {
  question_type: "obj_appearance_order";
  choices: readonly string[];
}

/** Orders to choose from, the right one among them (VSI-Bench's questions have four). */
const ORDERS = 4;

/**
 * In which order four categories are first seen over the whole stream: sets of four of the categories that the sampled
 * frames show. Refused where the order is in doubt (see refuseAppearances). The question lists the categories in random
 * order; the options are the true order and three others, and the true one stands equally often at each of the four
 * places.
 */
export const objAppearanceOrder: QuestionTypeModule = {
  ...streamTask("obj_appearance_order", ({ scene, stream, random }) => {
    const appearances = categoryAppearances(scene, stream);
    const places = balancedSequence(random("places"), [...Array(ORDERS).keys()]);
    const listing = random("listing");
    const wrongOrders = random("orders");
    return {
      count: combinationCount(appearances.length, STREAM_RULES.listed),
      ask(index) {
        const byTime = combinationOfRank(index, STREAM_RULES.listed)
          .map((member) => at(appearances, member))
          .sort((one, other) => one.time_s - other.time_s);
        const refusal = refuseAppearances(byTime);
        if (refusal) {
          return { draft: null, refusals: [refusal] };
        }
        const wrong = otherOrders(wrongOrders, byTime).map(orderText);
        const choices = placedAmong(wrongOrders, orderText(byTime), wrong, places.next().value);
        return { draft: draftOf(byTime, shuffled(listing, byTime), choices), refusals: [] };
      },
    };
  }),
  templates: { "vsi-bench": vsiBench.template },
  query: {
    read: (words) => ({ question_type: "obj_appearance_order", choices: listedNames(words) }),
    phrase: ({ choices }) => ({ words: namesByPlace(choices), meaning: {} }),
    names: ({ choices }) => ({ list: choices, least: 2 }),
    answer({ choices }, queried) {
      const listed = choices.map((name, index) => firstAppearance(queried, name, `choices[${index}]`));
      const byTime = [...listed].sort((one, other) => one.time_s - other.time_s);
      return orderAnswer(byTime, listed);
    },
  } satisfies QueryForm<AppearanceOrderQuery>,
  describe: ({ named, margin, ground_truth }) =>
    `first seen over the whole stream: ${ground_truth} (${named.join(", ")})${margin}`,
  marks: () => NO_MARKS,
  trace: () => null,
};

/** When a category is first seen. */
export interface CategoryAppearance {
  label: string;
  /** The instance that the stream shows first; the lower id of several at once. */
  object_id: number;
  /** Seconds since the stream's first frame, over all frames of the stream. */
  time_s: number;
  /** Not later than time_s: from when on an instance may have been seen in damaged frames. */
  earliest_s: number;
  /** The first sampled frame that shows any instance. */
  frame: { name: string; number: number };
}

/**
 * The first appearance of every category that both the stream and its sampled frames show, in the order of the scene's
 * labels; none where not every frame was looked at, and none of a category that has an unclear object.
 */
export function categoryAppearances(scene: Scene, stream: Stream): CategoryAppearance[] {
  const { frames, firstSeen_s, earliestSeen_s } = stream;
  return [...scene.objectsByLabel].flatMap(([label, objects]) => {
    if (!areClear(objects, scene)) {
      return [];
    }
    const appearances = objects.flatMap(({ id }) => {
      const time_s = firstSeen_s?.get(id);
      return time_s === undefined ? [] : [{ object_id: id, time_s, earliest_s: earliestSeen_s.get(id) ?? time_s }];
    });
    const frame = frames.find(({ seen }) => objects.some(({ id }) => seen.has(id)));
    if (!frame || appearances.length === 0) {
      return [];
    }
    const earliest = appearances.reduce((first, other) => (other.time_s < first.time_s ? other : first));
    const earliest_s = Math.min(...appearances.map((appearance) => appearance.earliest_s));
    return [{ label, ...earliest, earliest_s, frame }];
  });
}

/**
 * Whether the order in which categories appear is in doubt: "appearances-too-close" where two follow within a second,
 * "order-in-damaged-frames" where damaged frames may have shown the later one less than that after the earlier one, or
 * before it, "order-not-in-frames" where the sampled frames, which are all that a model gets, show two of them first in
 * the same frame or the other way round.
 *
 * @param byTime the first to appear first.
 */
export function refuseAppearances(byTime: readonly CategoryAppearance[]): Refusal | null {
  const object_ids = byTime.map(({ object_id }) => object_id);
  const pairs = byTime.slice(1).map((later, index) => ({ earlier: at(byTime, index), later }));
  const limit = STREAM_RULES.smallestAppearanceGap_s;
  for (const { earlier, later } of pairs) {
    const gap_s = later.time_s - earlier.time_s;
    if (gap_s <= limit) {
      const message = `The ${later.label} appears no more than ${limit} s after the ${earlier.label}.`;
      return { code: "appearances-too-close", message, object_ids, value: gap_s, limit, unit: "s" };
    }
  }
  for (const { earlier, later } of pairs) {
    const gap_s = later.earliest_s - earlier.time_s;
    if (gap_s <= limit) {
      const message = `The ${later.label} may appear no more than ${limit} s after the ${earlier.label}, or before: the stream's frames from ${later.earliest_s} s on are damaged.`;
      return { code: "order-in-damaged-frames", message, object_ids, value: gap_s, limit, unit: "s" };
    }
  }
  for (const { earlier, later } of pairs) {
    if (later.frame.number <= earlier.frame.number) {
      const message = `The ${later.label} appears after the ${earlier.label}, but the sampled frames do not show that: ${later.frame.name} and ${earlier.frame.name} are the first with them.`;
      return { code: "order-not-in-frames", message, object_ids, value: null, limit: null, unit: null };
    }
  }
  return null;
}

/** What a choice over all scans picks from. */
export interface OrderPool {
  /** The labels in the order in which they first appear; from other rooms' orders this one is guessed. */
  labels: string[];
  /** Sets of four whose order is not in doubt, as places in `labels` in a row, the first to appear first; in random order. */
  sets: ArrayLike<number>;
}

/** Sets per scan: more than a scan's limit, so that there is something to choose. */
const SETS_IN_POOL = 24;

/** Sets looked at: with a dozen categories all. */
const MOST_LOOKED_AT = 500;

/** The sets of four that may be asked, and how many candidates there are. */
export function orderPool({ scene, random }: TaskInput): { pool: OrderPool; refusals: Refusal[]; candidates: number } {
  const { stream } = scene;
  const appearances = stream === null ? [] : categoryAppearances(scene, stream).sort(byTimeThenId);
  const candidates = combinationCount(appearances.length, STREAM_RULES.listed);
  const sets: number[][] = [];
  const refusals: Refusal[] = [];
  let looked = 0;
  for (const index of drawWithoutRepetition(random("order"), candidates)) {
    if (looked >= MOST_LOOKED_AT || sets.length >= SETS_IN_POOL) break;
    looked += 1;
    const set = combinationOfRank(index, STREAM_RULES.listed);
    const refusal = refuseAppearances(set.map((member) => at(appearances, member)));
    if (refusal === null) sets.push(set);
    else if (refusals.length < STREAM_RULES.mostRefused) refusals.push(refusal);
  }
  return { pool: { labels: appearances.map(({ label }) => label), sets: sets.flat() }, refusals, candidates };
}

function byTimeThenId(one: CategoryAppearance, other: CategoryAppearance): number {
  return one.time_s - other.time_s || one.object_id - other.object_id;
}

/** A question that was picked from a pool: labels, the first to appear first, and the orders to list. */
export interface OrderPick {
  question_type: "obj_appearance_order";
  labels: readonly string[];
  /** Orders as places in `labels`; the right one is 0, 1, 2, 3. */
  orders: readonly (readonly number[])[];
}

/** @throws RangeError for a label that the scene's frames do not show. */
export function pickedOrder({ labels, orders }: OrderPick, { scene, random }: TaskInput): Draft {
  const appearances = scene.stream === null ? [] : categoryAppearances(scene, scene.stream);
  const byTime = labels.map((label) =>
    at(
      appearances.filter((appearance) => appearance.label === label),
      0,
    ),
  );
  const choices = orders.map((order) => orderText(order.map((member) => at(byTime, member))));
  return draftOf(byTime, shuffled(random("listing", ...labels), byTime), choices);
}

/** Different orders of the same categories, none of them the true one. */
function otherOrders(random: RandomGenerator, byTime: readonly CategoryAppearance[]): CategoryAppearance[][] {
  const orders = permutations(byTime).slice(1);
  const drawn = drawWithoutRepetition(random, orders.length);
  return Array.from({ length: ORDERS - 1 }, () => at(orders, drawn.next().value ?? -1));
}

/** Every order of `values`, the given one first. */
function permutations<Value>(values: readonly Value[]): Value[][] {
  return values.length === 0
    ? [[]]
    : values.flatMap((first, place) =>
        permutations([...values.slice(0, place), ...values.slice(place + 1)]).map((rest) => [first, ...rest]),
      );
}

function orderText(appearances: readonly Pick<CategoryAppearance, "label">[]): string {
  return appearances.map(({ label }) => label).join(", ");
}

function draftOf(
  byTime: readonly CategoryAppearance[],
  listed: readonly CategoryAppearance[],
  choices: readonly string[],
): Draft {
  return {
    words: listedWords(listed.map(({ label }) => label)),
    choices,
    ...orderAnswer(byTime, listed),
    frames: byTime.map(({ frame }) => frame.name),
  };
}

/** When a category is first seen, whatever sampled frames show. */
type FirstAppearance = Pick<CategoryAppearance, "label" | "object_id" | "time_s">;

/**
 * The labels in the order of their first appearance; the margin is the shortest time between two that follow each other.
 *
 * @param byTime the first to appear first; of several at one time, the first listed.
 * @param listed the same in the order of the question.
 */
function orderAnswer(byTime: readonly FirstAppearance[], listed: readonly FirstAppearance[]): Answer {
  const gaps_s = byTime.slice(1).map(({ time_s }, index) => time_s - at(byTime, index).time_s);
  return {
    ground_truth: orderText(byTime),
    evidence: {
      object_ids: listed.map(({ object_id }) => object_id),
      value: null,
      unit: "s",
      margin: Math.min(...gaps_s),
    },
  };
}

/**
 * The first time that the stream shows an instance of a category, over all of its frames.
 *
 * @throws QueryError "query-category" when the scene has none, "query-no-stream" when the facts do not tell what was seen
 * when, "query-unseen" when the stream shows none.
 */
function firstAppearance(queried: QueriedScene, label: string, place: string): FirstAppearance {
  const instances = findInstances(queried, label, place);
  const firstSeen = queried.facts.camera?.first_seen ?? null;
  const file = `query about ${JSON.stringify(queried.facts.scene_name)}`;
  if (firstSeen === null) {
    throw new QueryError("query-no-stream", {
      file,
      place: "camera.first_seen",
      got: queried.facts.camera === null ? "facts without a stream" : "facts for which not every frame was looked at",
      expected: "when the stream first shows each object",
      advice: "Build the facts from a scan with its whole stream, or leave such questions out.",
    });
  }
  const times_s = new Map(firstSeen.map(({ object_id, time_s }) => [object_id, time_s]));
  const appearances = instances.flatMap(({ id }) => {
    const time_s = times_s.get(id);
    return time_s === undefined ? [] : [{ label, object_id: id, time_s }];
  });
  const [first, ...later] = appearances;
  if (first === undefined) {
    throw new QueryError("query-unseen", {
      file,
      place,
      got: `${JSON.stringify(label)}, of which the stream shows none`,
      expected: "a category that the stream shows",
      advice: "Ask about categories that come into view.",
    });
  }
  return later.reduce((earliest, other) => (other.time_s < earliest.time_s ? other : earliest), first);
}
