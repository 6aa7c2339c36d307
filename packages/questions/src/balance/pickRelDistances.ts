import { at, balancedSequence, placedAmong, randomStream } from "@vsi/dataset";
import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import type { RelDistancePick } from "../types/objectRelDistance.ts";
import { learnWords, type PairMeans, pairMeans, rankOf, type WordExample, type WordScore } from "./blindModels.ts";
import { CellCounts } from "./cellCounts.ts";
import { type FoldedScan, type PickInput, thinExamples } from "./folds.ts";

const TYPE = "object_rel_distance";

/** Sets of a target that teach: more of the same target teach little. */
const TAUGHT_SETS = 4;

/** What a blind model guesses about the rooms of one fold. */
interface Guess {
  score: WordScore;
  means: PairMeans;
}

/**
 * For every target one of its sets, so that the rank of the right answer among the four, by each of two blind models, is
 * as often first as second, third and fourth: logistic regression over target, option and their pair; and the mean
 * distance of the pair in other rooms.
 */
export function pickRelDistances({ scans, folds, seed }: PickInput): [scanId: string, picks: RelDistancePick[]][] {
  const guesses = folds.map((fold) => learn(scans.filter((scan) => scan.fold !== fold)));
  const cells = new CellCounts();
  return scans.map((scan) => {
    const guess = guesses[scan.fold];
    const { scanId, split, pool } = scan;
    const { choices, targets } = pool[TYPE] ?? { choices: [], targets: [] };
    const random = randomStream([seed, "balance", TYPE, scanId]);
    const places = balancedSequence(random, [0, 1, 2, 3]);
    const picks = targets.map(({ id, label, sets }): RelDistancePick => {
      const draw = uniformFloat64(random);
      const ranked = sets.map((set) => {
        const options = set.map((place) => at(choices, place));
        const cell = guess === undefined ? "" : ranksOf(label, options, guess, draw);
        return { options, cell: `${split} ${cell}` };
      });
      const picked = ranked.reduce((best, other) => (cells.of(other.cell) < cells.of(best.cell) ? other : best));
      cells.add(picked.cell);
      const [nearest = "", ...others] = picked.options;
      return { question_type: TYPE, target: id, choices: placedAmong(random, nearest, others, places.next().value) };
    });
    return [scanId, picks];
  });
}

function learn(scans: readonly FoldedScan[]): Guess {
  const examples: WordExample[] = [];
  const means = pairMeans();
  for (const { pool } of scans) {
    const { choices, targets } = pool[TYPE] ?? { choices: [], targets: [] };
    for (const { label, distances_m, sets } of targets) {
      for (const [place, distance_m] of distances_m.entries()) {
        if (distance_m !== null) means.add(label, at(choices, place), distance_m);
      }
      for (const set of sets.slice(0, TAUGHT_SETS)) {
        examples.push({ alternatives: set.map((place) => wordsOf(label, at(choices, place))), right: 0 });
      }
    }
  }
  return { score: learnWords(thinExamples(examples)), means };
}

function wordsOf(target: string, option: string): string[] {
  return [option, `${target}\n${option}`];
}

/** The right answer's rank by both models; of the options it is the first. */
function ranksOf(target: string, options: readonly string[], { score, means }: Guess, draw: number): string {
  const byWords = options.map((option) => score(wordsOf(target, option)));
  const known_m = options.map((option) => means.meanOf(target, option));
  // What no other room has is guessed to be as far as the others are on average.
  const given_m = known_m.filter((mean) => mean !== null);
  const usual_m = given_m.reduce((sum, mean) => sum + mean, 0) / Math.max(1, given_m.length);
  const byDistance = known_m.map((mean) => -(mean ?? usual_m));
  return `${rankOf(byWords, 0, draw)} ${rankOf(byDistance, 0, draw)}`;
}
