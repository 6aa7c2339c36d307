import { drawWithoutRepetition, type RandomGenerator } from "@vsi/dataset";
import { at, balancedSequence, placedAmong } from "@vsi/dataset/internal";
import type { SceneObject } from "@vsi/geometry";
import vsi100kEasy from "@vsi/question-templates/vsi-100k/object_rel_direction_easy.json" with { type: "json" };
import vsiBenchEasy from "@vsi/question-templates/vsi-bench/object_rel_direction_easy.json" with { type: "json" };
import vsiBenchHard from "@vsi/question-templates/vsi-bench/object_rel_direction_hard.json" with { type: "json" };
import vsiBenchMedium from "@vsi/question-templates/vsi-bench/object_rel_direction_medium.json" with { type: "json" };
import { combinationCount, combinationOfRank } from "../combinations.ts";
import { type DirectionSectors, edgeMargin, sectorWord, sectorWords, signedAngle } from "../scene/directions.ts";
import { findOnly } from "../scene/scene.ts";
import {
  centroidsOf,
  refuseOnePlace,
  refuseStandpoint,
  refuseStraddling,
  refuseTriple,
  type Triple,
  wordOf,
} from "./directionRules.ts";
import { NO_MARKS, planLine, planPoint } from "./marks.ts";
import { flawOfWord } from "./queryFlaws.ts";
import type { Answer, Draft, QueryForm, QuestionTypeModule, Refusal, TaskInput } from "./questionType.ts";

/** The sectors of each type of direction question, as VSI-Bench has them. */
export const DIRECTION_SECTORS = {
  /** Left and right, which meet at 0 and 180 degrees. */
  object_rel_direction_easy: [{ until: 180, left: "left", right: "right" }],
  /** Back from 135 degrees on either side; 180 lies inside it and is no edge. */
  object_rel_direction_medium: [
    { until: 135, left: "left", right: "right" },
    { until: 180, left: "back", right: "back" },
  ],
  /** The four quadrants. */
  object_rel_direction_hard: [
    { until: 90, left: "front-left", right: "front-right" },
    { until: 180, left: "back-left", right: "back-right" },
  ],
} as const satisfies Record<string, DirectionSectors>;

/** The types of direction questions. */
export type DirectionType = keyof typeof DIRECTION_SECTORS;

const TEMPLATES: Readonly<Record<DirectionType, QuestionTypeModule["templates"]>> = {
  object_rel_direction_easy: { "vsi-100k": vsi100kEasy.template, "vsi-bench": vsiBenchEasy.template },
  object_rel_direction_medium: { "vsi-bench": vsiBenchMedium.template },
  object_rel_direction_hard: { "vsi-bench": vsiBenchHard.template },
};

/** Where `querying` is for someone who stands by `positioning` and faces `orienting`: three one-instance categories. */
export interface RelDirectionQuery {
  question_type: DirectionType;
  positioning: string;
  orienting: string;
  querying: string;
  /** Whether they face `orienting`, also where it is absent, or in the opposite direction of it (ReVSI's backward). */
  facing?: "toward" | "opposite";
}

/**
 * Triples grow with the cube of the objects: 80 have 246,480, all of which are looked at; of a hostile or broken scan's
 * 400 there are 32 million, which would take minutes and fill a disk with refusals. Real rooms of the papers' datasets
 * have some tens of one-instance labels, and reach their limit after a few hundred draws.
 */
const MOST_DRAWN = 250_000;

/**
 * Standing by one object and facing another, in which sector is a third: triples of one-instance labels. A triple and
 * the one with orienting and querying exchanged are mirror images: distances and margin stay, left becomes right. They
 * count as one candidate, and which of the two is asked is chosen so that all answers are equally often right: few
 * objects stand behind somebody who faces another, and a model that never says "back" would gain by it. A candidate
 * that gives another answer than the one whose turn it is stays undrawn. Where answers are listed, the right one stands
 * equally often at each place.
 */
export function objectRelDirection(type: DirectionType): QuestionTypeModule {
  const sectors = DIRECTION_SECTORS[type];
  return {
    type,
    templates: TEMPLATES[type],
    order: "sample",
    candidates({ scene, protocol, random }) {
      const { singles } = scene;
      const pairsEach = combinationCount(singles.length - 1, 2);
      const words = sectorWords(sectors);
      const answers = balancedSequence(random("sides"), words);
      const places = balancedSequence(random("places"), [...words.keys()]);
      const otherWords = random("words");
      let wanted = answers.next().value;

      return {
        count: singles.length * pairsEach,
        mostDrawn: MOST_DRAWN,
        ask(index) {
          const drawn = tripleOfRank(singles, index, pairsEach);
          const refusal = refuseTriple(drawn, sectors, protocol.relativeDirection);
          if (refusal) {
            return { draft: null, refusals: [refusal] };
          }
          const asked = [drawn, mirrorOf(drawn)].find((triple) => wordOf(triple, sectors) === wanted);
          if (asked === undefined) {
            return { draft: null, refusals: [] };
          }
          const straddling =
            refuseStraddling(asked, sectors, protocol.relativeDirection) ??
            refuseStandpoint(asked, scene.floor_m, sectors, protocol.relativeDirection);
          if (straddling) {
            return { draft: null, refusals: [straddling] };
          }
          // Only questions that are asked count, or refusals could leave one answer ahead.
          wanted = answers.next().value;
          return { draft: draftOf(asked, sectors, otherWords, places.next().value), refusals: [] };
        },
      };
    },
    query: {
      read: ({ positioning = "", orienting = "", querying = "" }) => ({
        question_type: type,
        positioning,
        orienting,
        querying,
      }),
      phrase: ({ positioning, orienting, querying, facing }) => ({
        words: { positioning, orienting, querying },
        meaning: facing === "opposite" ? { facing } : {},
      }),
      names: ({ positioning, orienting, querying }) => ({ list: [positioning, orienting, querying], least: 3 }),
      flaw: ({ facing }) => flawOfWord("facing", facing, ["toward", "opposite"]),
      answer(query, queried) {
        const triple = [
          findOnly(queried, query.positioning, "positioning"),
          findOnly(queried, query.orienting, "orienting"),
          findOnly(queried, query.querying, "querying"),
        ] as const;
        refuseOnePlace(triple, queried.facts);
        return relDirectionAnswer(triple, sectors, query.facing);
      },
    } satisfies QueryForm<RelDirectionQuery>,
    describe: ({ named: [first, second, third], value, margin }) =>
      `standing at the centroid of ${first} and facing that of ${second}, one turns ${value} (left is positive) to face that of ${third}${margin}`,
    marks({ asked, question: { evidence, ground_truth } }) {
      const [first, second, third] = asked.map(({ centroid }) => planPoint(centroid));
      if (!first || !second || !third) {
        return NO_MARKS;
      }
      const angle = `${Math.abs(evidence.value ?? 0).toFixed(0)}° ${ground_truth}`;
      const facing = planLine(first, second, "facing", { isArrow: true, isAnswer: false });
      return { lines: [facing, planLine(first, third, angle, { isArrow: true })], points: [{ at: first, label: "" }] };
    },
    trace: ({ value }) =>
      `Facing that way, I would have to turn about ${Math.abs(value).toFixed(0)} degrees to the ${value > 0 ? "left" : "right"} to look at it.`,
  };
}

/** What a choice over all scans picks from. */
export interface DirectionPool {
  /** What questions call the objects of the triples, by id. */
  labels: Record<number, string>;
  /** Triples that the rules allow, in seeded random order: positioning, orienting and querying object of each in a row. */
  ids: ArrayLike<number>;
  /** The answer of each triple, as its place in the type's words. */
  answers: ArrayLike<number>;
}

/** Triples per scan and answer: more than a scan's limit, so that there is something to choose. */
const TRIPLES_IN_POOL = 32;

/** Candidates looked at: of 20 one-instance labels all, of more as many as fill the pool but for rare answers. */
const MOST_LOOKED_AT = 4000;

/** Refusals per scan and type that are put on record: ten for each of six questions. */
const MOST_RECORDED = 60;

/**
 * The triples of a scan that may be asked, and how many candidates there are; a triple and its mirror image are one.
 *
 * @param type must be that of the input's random streams.
 */
export function directionPool(
  type: DirectionType,
  { scene, protocol, random }: TaskInput,
): { pool: DirectionPool; refusals: Refusal[]; candidates: number } {
  const sectors = DIRECTION_SECTORS[type];
  const words = sectorWords(sectors);
  const { singles, floor_m } = scene;
  const pairsEach = combinationCount(singles.length - 1, 2);
  const candidates = singles.length * pairsEach;
  const labels: DirectionPool["labels"] = {};
  for (const { id, label } of singles) labels[id] = label;
  const ids: number[] = [];
  const answers: number[] = [];
  const refusals: Refusal[] = [];
  const found = words.map(() => 0);
  let looked = 0;
  for (const index of drawWithoutRepetition(random("order"), candidates)) {
    if (looked >= MOST_LOOKED_AT || found.every((count) => count >= TRIPLES_IN_POOL)) break;
    looked += 1;
    const drawn = tripleOfRank(singles, index, pairsEach);
    const refusal = refuseTriple(drawn, sectors, protocol.relativeDirection);
    const asked = refusal ? [] : [drawn, mirrorOf(drawn)];
    let last = refusal;
    let isAsked = false;
    for (const triple of asked) {
      const word = words.indexOf(wordOf(triple, sectors));
      last =
        refuseStraddling(triple, sectors, protocol.relativeDirection) ??
        refuseStandpoint(triple, floor_m, sectors, protocol.relativeDirection);
      if (last) continue;
      isAsked = true;
      if (at(found, word) >= TRIPLES_IN_POOL) continue;
      found[word] = at(found, word) + 1;
      ids.push(triple[0].id, triple[1].id, triple[2].id);
      answers.push(word);
    }
    if (last && !isAsked && refusals.length < MOST_RECORDED) refusals.push(last);
  }
  return { pool: { labels, ids, answers }, refusals, candidates };
}

/** A question that was picked from a pool, and the place of its right answer among the listed ones. */
export interface DirectionPick {
  question_type: DirectionType;
  ids: readonly [positioning: number, orienting: number, querying: number];
  place: number;
}

/** @throws RangeError for an object that the scene has not. */
export function pickedDirection({ question_type, ids, place }: DirectionPick, { scene, random }: TaskInput): Draft {
  const sectors = DIRECTION_SECTORS[question_type];
  const objectOf = (id: number) =>
    at(
      scene.singles.filter((object) => object.id === id),
      0,
    );
  const triple = [objectOf(ids[0]), objectOf(ids[1]), objectOf(ids[2])] as const;
  return draftOf(triple, sectors, random("words", ...ids), place);
}

/** @param place of the right answer among the listed words. */
function draftOf(triple: Triple, sectors: DirectionSectors, random: RandomGenerator, place: number): Draft {
  const answer = relDirectionAnswer(triple, sectors);
  const wrong = sectorWords(sectors).filter((word) => word !== answer.ground_truth);
  const [positioning, orienting, querying] = triple;
  return {
    words: { positioning: positioning.label, orienting: orienting.label, querying: querying.label },
    choices: placedAmong(random, answer.ground_truth, wrong, place),
    ...answer,
  };
}

function tripleOfRank(singles: readonly SceneObject[], rank: number, pairsEach: number): Triple {
  const place = Math.floor(rank / pairsEach);
  const pair = combinationOfRank(rank % pairsEach, 2);
  // The pair's places are among the others.
  const other = (index: 0 | 1) => at(singles, at(pair, index) + (at(pair, index) < place ? 0 : 1));
  return [at(singles, place), other(0), other(1)];
}

function mirrorOf([positioning, orienting, querying]: Triple): Triple {
  return [positioning, querying, orienting];
}

/**
 * The word of the sector in which the third object's centroid lies, seen from the first and facing the second; the
 * margin is the way to the nearest edge at which it becomes another, in degrees. Objects in one place have no
 * direction: the caller keeps them away.
 */
function relDirectionAnswer(
  triple: Triple,
  sectors: DirectionSectors,
  facing: RelDirectionQuery["facing"] = "toward",
): Answer {
  const toward = signedAngle(...centroidsOf(triple));
  const angle = facing === "opposite" ? turnedRound(toward) : toward;
  return {
    ground_truth: sectorWord(angle, sectors),
    evidence: {
      object_ids: triple.map((object) => object.id),
      value: angle,
      unit: "degree",
      margin: edgeMargin(angle, sectors),
    },
  };
}

/** An angle as it is for somebody who has turned round: degrees over -180 to 180, like the given one. */
function turnedRound(angle: number): number {
  return angle > 0 ? angle - 180 : angle + 180;
}
