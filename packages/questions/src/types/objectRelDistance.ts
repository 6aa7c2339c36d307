import { drawWithoutRepetition, shuffled } from "@vsi/dataset";
import { at, balancedSequence, placedAmong } from "@vsi/dataset/internal";
import { centroidDistance, type SceneObject } from "@vsi/geometry";
import vsi100k from "@vsi/question-templates/vsi-100k/object_rel_distance.json" with { type: "json" };
import vsiBench from "@vsi/question-templates/vsi-bench/object_rel_distance.json" with { type: "json" };
import { combinationCount, combinationOfRank } from "../combinations.ts";
import { nearestInstances, type ObjectDistance, type ObjectPair } from "../distances.ts";
import { areClear, findInstances, isSeen, type Scene } from "../scene/scene.ts";
import { clearSets, LISTED_PLACES, listedNames, listedWords, namesByPlace, refuseGaps } from "./choices.ts";
import { linesToChoices, NO_MARKS } from "./marks.ts";
import { flawOfWord } from "./queryFlaws.ts";
import type {
  Answer,
  Draft,
  ProtocolRules,
  QueryForm,
  QuestionTypeModule,
  Refusal,
  TaskInput,
} from "./questionType.ts";
import type { ValidSets } from "./validSets.ts";

const LISTED = LISTED_PLACES.length;

/**
 * Which of at least two categories is the closest to another, or the farthest from it; of several instances, the closest
 * count.
 */
export interface RelDistanceQuery {
  question_type: "object_rel_distance";
  category: string;
  choices: readonly string[];
  /** Where absent, the closest, as VSI-Bench asks; ReVSI asks for either. */
  which?: "closest" | "farthest";
}

/**
 * Which of four objects is the closest to a target: each one-instance label is the target once, with four other labels
 * drawn at random; of a label with several instances the one nearest to the target counts. Where distances break one of
 * the protocol's rules (see refuseRelDistance), four others are drawn, never the same set twice for a target.
 * Rules without a number of draws know every set that keeps them, and draw one of these ("no-clear-choices" where there
 * is none).
 * Over a scan's targets the right answer stands equally often at each of the four places.
 */
export const objectRelDistance: QuestionTypeModule = {
  type: "object_rel_distance",
  templates: { "vsi-100k": vsi100k.template, "vsi-bench": vsiBench.template },
  order: "every",
  candidates({ scene, protocol, distance, random }) {
    const { singles } = scene;
    const pool = choicePool(scene, protocol);
    const sets = combinationCount(pool.length - 1, LISTED);
    const places = balancedSequence(random("places"), [...LISTED_PLACES.keys()]);
    const answerPlaces = singles.map(() => places.next().value);

    return {
      count: sets === 0 ? 0 : singles.length,
      ask(index) {
        const target = at(singles, index);
        if (protocol.relativeDistance.draws === null) {
          const clear = clearChoices(target, pool, distance, scene.roomArea_m2, protocol);
          if (clear.count === 0) return { draft: null, refusals: [refuseUnclear(target)] };
          const draws = random("draws", target.id);
          const { value: rank } = drawWithoutRepetition(draws, clear.count).next();
          const byDistance = clear
            .setOfRank(rank ?? 0)
            .map((group) => nearestInstances([target], at(pool, group), distance));
          const listed = placedAmong(draws, at(byDistance, 0), byDistance.slice(1), at(answerPlaces, index));
          return { draft: draftOf(listed), refusals: [] };
        }
        const others = pool.filter(([object]) => object !== target);
        // A stream for each target: its question stays the same when a cap leaves out other targets.
        const draws = random("draws", target.id);
        const ranks = drawWithoutRepetition(draws, sets);
        const refusals: Refusal[] = [];
        for (let drawn = 0; drawn < protocol.relativeDistance.draws; drawn += 1) {
          const { value: rank, done } = ranks.next();
          if (done) {
            break;
          }
          const byDistance = combinationOfRank(rank, LISTED)
            .map((member) => nearestInstances([target], at(others, member), distance))
            .sort((one, other) => one.distance_m - other.distance_m);
          const refusal = refuseRelDistance(byDistance, scene.roomArea_m2, protocol);
          if (!refusal) {
            const listed = placedAmong(draws, at(byDistance, 0), byDistance.slice(1), at(answerPlaces, index));
            return { draft: draftOf(listed), refusals };
          }
          refusals.push(refusal);
        }
        return { draft: null, refusals };
      },
    };
  },
  query: {
    read: ({ category = "", ...listed }) => ({
      question_type: "object_rel_distance",
      category,
      choices: listedNames(listed),
    }),
    phrase: ({ category, choices, which }) => ({
      words: { category, ...namesByPlace(choices) },
      meaning: which === "farthest" ? { which } : {},
    }),
    names: ({ category, choices }) => ({ list: Array.isArray(choices) ? [category, ...choices] : null, least: 3 }),
    flaw: ({ which }) => flawOfWord("which", which, ["closest", "farthest"]),
    answer({ category, choices, which }, queried) {
      const targets = findInstances(queried, category, "category");
      const groups = choices.map((name, index) => findInstances(queried, name, `choices[${index}]`));
      const distance = queried.distance();
      return relDistanceAnswer(
        groups.map((instances) => nearestInstances(targets, instances, distance)),
        which,
      );
    },
  } satisfies QueryForm<RelDistanceQuery>,
  describe: ({ named: [target, ...choices], between, value, margin, ground_truth }) =>
    `measured between ${between} of ${target} and each of ${choices.join(", ")}; the nearest, ${ground_truth}, is ${value} away${margin}`,
  marks({ asked: [target, ...choices], question, measured }) {
    if (!target) return NO_MARKS;
    const reaches = choices.map((choice) => measured(target, choice));
    return { lines: linesToChoices(question, reaches, question.evidence.object_ids.length - 1), points: [] };
  },
  trace: ({ value, margin, ground_truth }) =>
    margin === null
      ? null
      : `The ${ground_truth} is about ${value.toFixed(2)} meters away, and the next closest one is ${margin.toFixed(2)} meters farther.`,
};

/**
 * The groups of objects to choose from, those with one instance alone where the protocol says so. With a stream, groups
 * that it shows as a whole: the nearest instance must not be one that nobody saw. Nor may it be an unclear one.
 */
function choicePool(scene: Scene, { relativeDistance }: ProtocolRules): (readonly SceneObject[])[] {
  return relativeDistance.choices === "any"
    ? [...scene.objectsByLabel.values()].filter(
        (group) => group.every(({ id }) => isSeen(id, scene.stream)) && areClear(group, scene),
      )
    : scene.singles.map((object) => [object]);
}

/** Every set of four groups that the rules let be asked about, as places in `pool`. */
function clearChoices(
  target: SceneObject,
  pool: readonly (readonly SceneObject[])[],
  distance: ObjectDistance,
  roomArea_m2: number,
  protocol: ProtocolRules,
): ValidSets {
  return clearSets(distancesFrom(target, pool, distance), roomArea_m2, protocol, {
    smallest_m: protocol.relativeDistance.smallestDistance_m,
    largest_m: Number.POSITIVE_INFINITY,
  });
}

/** Metres from the target to the nearest of each group; NaN for its own. */
function distancesFrom(
  target: SceneObject,
  pool: readonly (readonly SceneObject[])[],
  distance: ObjectDistance,
): number[] {
  return pool.map((group) => {
    if (group.includes(target)) return Number.NaN;
    let nearest_m = Number.POSITIVE_INFINITY;
    for (const object of group) nearest_m = Math.min(nearest_m, distance(target, object));
    return nearest_m;
  });
}

function refuseUnclear({ id, label }: SceneObject): Refusal {
  const message = `No four objects are at clearly different distances from the ${label}.`;
  return { code: "no-clear-choices", message, object_ids: [id], value: null, limit: null, unit: null };
}

/** What a choice over all scans picks from: each target's sets, and all distances, from which other rooms' are guessed. */
export interface RelDistancePool {
  /** The labels of the groups to choose from. */
  choices: string[];
  /**
   * Metres between every two groups' nearest instances, as questions measure them: the first and the second choice, the
   * first and the third, and so on.
   */
  distances_m: ArrayLike<number>;
  /** The same between centroids: what is learnt from another notion of distance must not help either. */
  centroids_m: ArrayLike<number>;
  targets: {
    id: number;
    label: string;
    /** How many of `sets` are the target's: the first target has the first ones. */
    sets: number;
  }[];
  /** Sets of four that the rules allow, as places in `choices` in a row, each set's nearest first; in seeded random order. */
  sets: ArrayLike<number>;
}

/** Sets per target: enough for a choice whose right answer is no likelier by the words than the others. */
const SETS_IN_POOL = 32;

/** The targets that have a set, at most `limit` of them, and every target's refusal that has none. */
export function relDistancePool(
  { scene, protocol, distance, random }: TaskInput,
  limit: number,
): { pool: RelDistancePool; refusals: Refusal[] } {
  const pool = choicePool(scene, protocol);
  const refusals: Refusal[] = [];
  const found: { target: SceneObject; sets: number[] }[] = [];
  for (const target of shuffled(random("order"), scene.singles)) {
    if (found.length >= limit || pool.length <= LISTED) break;
    const clear = clearChoices(target, pool, distance, scene.roomArea_m2, protocol);
    if (clear.count === 0) {
      refusals.push(refuseUnclear(target));
      continue;
    }
    const sets: number[] = [];
    for (const rank of drawWithoutRepetition(random("draws", target.id), clear.count)) {
      sets.push(...clear.setOfRank(rank));
      if (sets.length >= SETS_IN_POOL * LISTED) break;
    }
    found.push({ target, sets });
  }
  found.sort((one, other) => one.target.id - other.target.id);
  const targets = found.map(({ target: { id, label }, sets }) => ({ id, label, sets: sets.length / LISTED }));
  // Thousands of places: flatMap looks at each, and took a tenth of a scan's questions.
  const sets = ([] as number[]).concat(...found.map((of) => of.sets));
  const choices = pool.map((group) => at(group, 0).label);
  const centroids_m = betweenGroups(pool, centroidDistance);
  const distances_m = distance === centroidDistance ? centroids_m : betweenGroups(pool, distance);
  return { pool: { choices, distances_m, centroids_m, targets, sets }, refusals };
}

function betweenGroups(pool: readonly (readonly SceneObject[])[], distance: ObjectDistance): number[] {
  const distances_m: number[] = [];
  for (const [place, group] of pool.entries()) {
    for (const other of pool.slice(place + 1)) distances_m.push(nearestInstances(group, other, distance).distance_m);
  }
  return distances_m;
}

/** A question that was picked from a pool: its target's id, and the labels to choose from in the order to list them. */
export interface RelDistancePick {
  question_type: "object_rel_distance";
  target: number;
  choices: readonly string[];
}

/** @throws RangeError for an object or label that the scene has not. */
export function pickedRelDistance({ target, choices }: RelDistancePick, { scene, distance }: TaskInput): Draft {
  const object = at(
    scene.singles.filter(({ id }) => id === target),
    0,
  );
  return draftOf(
    choices.map((label) => {
      const group = scene.objectsByLabel.get(label);
      if (group === undefined) throw new RangeError(`no ${label} in the scene`);
      return nearestInstances([object], group, distance);
    }),
  );
}

/**
 * Whether distances are too much alike for a question of which is the smallest. Refused with code "objects-too-close"
 * where the nearest is hardly apart from the target, and with those of refuseGaps.
 *
 * @param byDistance from the target to each choice, the nearest first.
 */
export function refuseRelDistance(
  byDistance: readonly ObjectPair[],
  roomArea_m2: number,
  protocol: ProtocolRules,
): Refusal | null {
  const nearest = at(byDistance, 0);
  const target = nearest.a;
  const object_ids = [target.id, ...byDistance.map(({ b }) => b.id)];
  const limit = protocol.relativeDistance.smallestDistance_m;
  if (nearest.distance_m < limit) {
    const message = `The ${nearest.b.label} is less than ${limit} m from the ${target.label}.`;
    return { code: "objects-too-close", message, object_ids, value: nearest.distance_m, limit, unit: "m" };
  }
  const choices = byDistance.map(({ b, distance_m }) => ({ label: b.label, distance_m }));
  const refusal = refuseGaps(choices, target.label, roomArea_m2, protocol);
  if (!refusal) {
    return null;
  }
  const { code, message, ...numbers } = refusal;
  return { code, message, object_ids, ...numbers };
}

function draftOf(listed: readonly ObjectPair[]): Draft {
  const choices = listed.map(({ b }) => b.label);
  const words = { category: at(listed, 0).a.label, ...listedWords(choices) };
  return { words, choices, ...relDistanceAnswer(listed) };
}

/**
 * The label of the nearest or farthest, the first listed of several at one distance; the margin is how much farther the
 * second nearest is, or how much nearer the second farthest.
 *
 * @param listed from the target to each of at least two choices, in the order the question lists them.
 */
function relDistanceAnswer(listed: readonly ObjectPair[], which: RelDistanceQuery["which"] = "closest"): Answer {
  const sign = which === "farthest" ? -1 : 1;
  const inOrder = [...listed].sort((one, other) => sign * (one.distance_m - other.distance_m));
  const [first, second] = [at(inOrder, 0), at(inOrder, 1)];
  return {
    ground_truth: first.b.label,
    evidence: {
      object_ids: [first.a.id, ...listed.map(({ b }) => b.id)],
      value: first.distance_m,
      unit: "m",
      margin: sign * (second.distance_m - first.distance_m),
    },
  };
}
