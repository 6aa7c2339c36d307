import { randomStream } from "@vsi/dataset";
import { at, balancedSequence, placedAmong } from "@vsi/dataset/internal";
import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import type { RelDistancePick, RelDistancePool } from "../types/objectRelDistance.ts";
import { learnWords, type PairMeans, pairMeans, rankOf, type WordExample, type WordScore } from "./blindModels.ts";
import { type FoldedScan, MOST_EXAMPLES, type PickInput, thinExamples } from "./folds.ts";
import { spreadEvenly } from "./spreadEvenly.ts";

const TYPE = "object_rel_distance";

const NO_POOL: RelDistancePool = { choices: [], distances_m: [], centroids_m: [], targets: [] };

/** Sets of a target that teach: more of the same target teach little. */
const TAUGHT_SETS = 4;

/** What a blind model guesses about the rooms of one fold. */
interface Guess {
  score: WordScore;
  /** Metres between pairs, as questions measure them, and between their centroids. */
  distances: PairMeans;
  centroids: PairMeans;
}

/**
 * For every target one of its sets, so that the rank of the right answer among the four, by each of three blind models,
 * is as often first as second, third and fourth: logistic regression over target, option and their pair; and the pair's
 * mean distance in other rooms, as questions measure it and between centroids.
 */
export function pickRelDistances({ scans, folds, seed }: PickInput): [scanId: string, picks: RelDistancePick[]][] {
  const guesses = folds.map((fold) => learn(scans.filter((scan) => scan.fold !== fold)));
  const asked = scans.map((scan) => {
    const { choices, targets } = scan.pool[TYPE] ?? NO_POOL;
    const random = randomStream([seed, "balance", TYPE, scan.scanId]);
    const offers = targets.map(({ label, sets }) => {
      const draw = uniformFloat64(random);
      return sets.map((set) => cellsOf(scan, label, set, choices, guesses[scan.fold], draw));
    });
    return { scan, choices, targets, offers, random };
  });
  const places = spreadEvenly(asked.flatMap(({ offers }) => offers)).values();
  return asked.map(({ scan, choices, targets, random }) => {
    const answerPlaces = balancedSequence(random, [0, 1, 2, 3]);
    const picks = targets.map(({ id, sets }): RelDistancePick => {
      const set = at(sets, places.next().value ?? 0);
      const [nearest = "", ...others] = set.map((place) => at(choices, place));
      const listed = placedAmong(random, nearest, others, answerPlaces.next().value);
      return { question_type: TYPE, target: id, choices: listed };
    });
    return [scan.scanId, picks];
  });
}

/** A split, and the right answer's ranks among the options of a set; without a guess all sets are alike. */
function cellsOf(
  { split }: FoldedScan,
  target: string,
  set: readonly number[],
  choices: readonly string[],
  guess: Guess | undefined,
  draw: number,
): string[] {
  if (guess === undefined) return [split];
  const options = set.map((place) => at(choices, place));
  return ranksOf(target, options, guess, draw).map((rank, model) => `${split} ${model} ${rank}`);
}

function learn(scans: readonly FoldedScan[]): Guess {
  const examples: WordExample[] = [];
  const [distances, centroids] = [pairMeans(), pairMeans()];
  for (const { pool } of scans) {
    const { choices, distances_m, centroids_m, targets } = pool[TYPE] ?? NO_POOL;
    let pair = 0;
    for (const [place, one] of choices.entries()) {
      for (const other of choices.slice(place + 1)) {
        for (const [means, metres] of [
          [distances, at(distances_m, pair)],
          [centroids, at(centroids_m, pair)],
        ] as const) {
          means.add(one, other, metres);
          means.add(other, one, metres);
        }
        pair += 1;
      }
    }
    for (const { label, sets } of targets) {
      for (const set of sets.slice(0, TAUGHT_SETS)) {
        examples.push({ alternatives: set.map((place) => wordsOf(label, at(choices, place))), right: 0 });
      }
    }
  }
  return { score: learnWords(thinExamples(examples, MOST_EXAMPLES)), distances, centroids };
}

function wordsOf(target: string, option: string): string[] {
  return [option, `${target}\n${option}`];
}

/** The right answer's rank by each model; of the options it is the first. */
function ranksOf(target: string, options: readonly string[], guess: Guess, draw: number): number[] {
  const byWords = options.map((option) => guess.score(wordsOf(target, option)));
  const byMeans = [guess.distances, guess.centroids].map((means) => nearness(target, options, means));
  return [byWords, ...byMeans].map((scores) => rankOf(scores, 0, draw));
}

/** The nearer in other rooms the higher; what no other room has is guessed to be as far as the others on average. */
function nearness(target: string, options: readonly string[], means: PairMeans): number[] {
  const known_m = options.map((option) => means.meanOf(target, option));
  const given_m = known_m.filter((mean) => mean !== null);
  const usual_m = given_m.reduce((sum, mean) => sum + mean, 0) / Math.max(1, given_m.length);
  return known_m.map((mean) => -(mean ?? usual_m));
}
