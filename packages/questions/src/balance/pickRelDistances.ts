import { randomStream } from "@vsi/dataset";
import { at, balancedSequence, placedAmong } from "@vsi/dataset/internal";
import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import type { RelDistancePick, RelDistancePool } from "../types/objectRelDistance.ts";
import { learnWords, Numbers, type PairMeans, pairMeans, rankOf, rounded, type WordExamples } from "./blindModels.ts";
import { type FoldedScan, MOST_EXAMPLES, type PickInput, thinExamples } from "./folds.ts";
import { type OptionCells, spreadEvenly } from "./spreadEvenly.ts";

const TYPE = "object_rel_distance";

const NO_POOL: RelDistancePool = { choices: [], distances_m: [], centroids_m: [], targets: [], sets: [] };

/** Sets of a target that teach: more of the same target teach little. */
const TAUGHT_SETS = 4;

/** All scans' labels as numbers, and pairs of a label and another, in this order, as numbers too. */
interface NumberedScans {
  scans: readonly NumberedScan[];
  labels: number;
  pairs: number;
  /** The first sets of every target. Words are the options and, after all labels, their pairs with the target. */
  examples: WordExamples;
}

interface NumberedScan {
  scan: FoldedScan;
  pool: RelDistancePool;
  /** The label of each choice. */
  choices: readonly number[];
  /** The pairs of each choice, and of each target, with every choice: one after the other, as many as choices. */
  choicePairs: Int32Array;
  targetPairs: Int32Array;
  /** Where each target's sets begin among the pool's. */
  starts: readonly number[];
  /** Places among the examples. */
  examples: readonly number[];
}

/** What blind models know of the rooms of all folds but one. */
interface Guess {
  /** Of words. */
  weights: Float64Array;
  /** Metres between pairs, as questions measure them, and between their centroids. */
  distances: PairMeans;
  centroids: PairMeans;
}

/** Options of a set, and so ranks that the right one may have. */
const OPTIONS = 4;

/** Blind models. */
const MODELS = 3;

/**
 * For every target one of its sets, so that the rank of the right answer among the four, by each of three blind models,
 * is as often first as second, third and fourth: logistic regression over target, option and their pair; and the pair's
 * mean distance in other rooms, as questions measure it and between centroids.
 */
export function pickRelDistances({ scans, folds, seed }: PickInput): [scanId: string, picks: RelDistancePick[]][] {
  const numbered = numberScans(scans);
  const guesses = folds.map((fold) => learn(numbered, fold));
  const splits = new Numbers<string>();
  const asked = numbered.scans.map((own) => {
    const { scan, pool, starts } = own;
    const random = randomStream([seed, "balance", TYPE, scan.scanId]);
    const cellsOf = cellsByRanks(splits.of(scan.split));
    const guess = guesses[scan.fold];
    const offers = pool.targets.map(({ sets }, target) => {
      const draw = uniformFloat64(random);
      // Without a guess all sets are alike.
      if (guess === undefined) return new Array<OptionCells>(sets).fill(cellsOf([0, 0, 0]));
      const likings = likingsOf(own, target, numbered.labels, guess);
      return Array.from({ length: sets }, (_, set) => cellsOf(ranksOf(pool.sets, starts[target] + set, likings, draw)));
    });
    return { scan, pool, starts, offers, random };
  });
  const places = spreadEvenly(asked.flatMap(({ offers }) => offers)).values();
  return asked.map(({ scan, pool: { choices, targets, sets }, starts, random }) => {
    const answerPlaces = balancedSequence(random, [0, 1, 2, 3]);
    const picks = targets.map(({ id }, target): RelDistancePick => {
      const from = OPTIONS * (starts[target] + (places.next().value ?? 0));
      const [nearest = "", ...others] = [0, 1, 2, 3].map((option) => at(choices, at(sets, from + option)));
      const listed = placedAmong(random, nearest, others, answerPlaces.next().value);
      return { question_type: TYPE, target: id, choices: listed };
    });
    return [scan.scanId, picks];
  });
}

function numberScans(scans: readonly FoldedScan[]): NumberedScans {
  const pools = scans.map(({ pool }) => pool[TYPE] ?? NO_POOL);
  const labelNumbers = new Numbers<string>();
  for (const { choices, targets } of pools) {
    for (const label of choices) labelNumbers.of(label);
    for (const { label } of targets) labelNumbers.of(label);
  }
  const { count: labels } = labelNumbers;
  const pairNumbers = new Numbers<number>();
  const taughtOf = ({ sets }: RelDistancePool["targets"][number]) => Math.min(sets, TAUGHT_SETS);
  const taught = pools.reduce((sum, { targets }) => targets.reduce((of, target) => of + taughtOf(target), sum), 0);
  const words = new Int32Array(taught * OPTIONS * 2);
  let word = 0;
  let examples = 0;
  const numbered = pools.map((pool, place): NumberedScan => {
    const choices = pool.choices.map((label) => labelNumbers.of(label));
    const pairsOf = (firsts: readonly number[]) => {
      const pairs = new Int32Array(firsts.length * choices.length);
      for (const [row, first] of firsts.entries()) {
        for (const [column, second] of choices.entries()) {
          pairs[row * choices.length + column] = pairNumbers.of(first * labels + second);
        }
      }
      return pairs;
    };
    const targetPairs = pairsOf(pool.targets.map(({ label }) => labelNumbers.of(label)));
    const starts: number[] = [];
    const own: number[] = [];
    let start = 0;
    for (const [index, target] of pool.targets.entries()) {
      starts.push(start);
      const end = OPTIONS * (start + taughtOf(target));
      for (let set = OPTIONS * start; set < end; set += OPTIONS) {
        for (let option = set; option < set + OPTIONS; option += 1) {
          const choice = pool.sets[option];
          words[word] = choices[choice];
          words[word + 1] = labels + targetPairs[index * choices.length + choice];
          word += 2;
        }
        own.push(examples);
        examples += 1;
      }
      start += target.sets;
    }
    const choicePairs = pairsOf(choices);
    return { scan: scans[place], pool, choices, choicePairs, targetPairs, starts, examples: own };
  });
  const { count: pairs } = pairNumbers;
  return {
    scans: numbered,
    labels,
    pairs,
    examples: {
      wordCount: labels + pairs,
      answers: OPTIONS,
      wordsPerAnswer: 2,
      words,
      questionStep: OPTIONS * 2,
      answerStep: 2,
      // A set's first is the nearest.
      right: new Int32Array(examples),
    },
  };
}

/** From the rooms of all other folds. */
function learn({ scans, labels, pairs, examples }: NumberedScans, fold: number): Guess {
  const [distances, centroids] = [pairMeans(pairs, labels), pairMeans(pairs, labels)];
  const others = scans.filter(({ scan }) => scan.fold !== fold);
  for (const { pool, choices, choicePairs } of others) {
    let place = 0;
    const { length } = choices;
    for (let one = 0; one < length; one += 1) {
      for (let other = one + 1; other < length; other += 1) {
        const [there, back] = [choicePairs[one * length + other], choicePairs[other * length + one]];
        distances.add(there, choices[other], pool.distances_m[place]);
        distances.add(back, choices[one], pool.distances_m[place]);
        centroids.add(there, choices[other], pool.centroids_m[place]);
        centroids.add(back, choices[one], pool.centroids_m[place]);
        place += 1;
      }
    }
  }
  const taught = thinExamples(
    others.flatMap((own) => own.examples),
    MOST_EXAMPLES,
  );
  return { weights: learnWords(examples, taught), distances, centroids };
}

/** How much each model likes each choice beside a target. */
interface Likings {
  byWords: Float64Array;
  /** By both means, minus metres: the nearer in other rooms the higher; NaN for what no other room has. */
  byMeans: readonly Float64Array[];
}

/** Of every choice at a time: a target has some hundred sets of a dozen choices. */
function likingsOf({ choices, targetPairs }: NumberedScan, target: number, labels: number, guess: Guess): Likings {
  const from = target * choices.length;
  return {
    byWords: Float64Array.from(choices, (label, place) =>
      rounded(guess.weights[label] + guess.weights[labels + targetPairs[from + place]]),
    ),
    byMeans: [guess.distances, guess.centroids].map((means) =>
      Float64Array.from(choices, (label, place) => -means.meanOf(targetPairs[from + place], label)),
    ),
  };
}

/** A set's ranks; written over by the next. */
const RANKS = new Int32Array(MODELS);
const SCORES = new Float64Array(OPTIONS);

/**
 * The right answer's rank by each model; of the options it is the first.
 *
 * @param set its place among the sets.
 */
function ranksOf(sets: ArrayLike<number>, set: number, { byWords, byMeans }: Likings, draw: number): Int32Array {
  const from = OPTIONS * set;
  for (let option = 0; option < OPTIONS; option += 1) SCORES[option] = byWords[sets[from + option]];
  RANKS[0] = rankOf(SCORES, 0, draw);
  for (const [model, liking] of byMeans.entries()) {
    let [known, count] = [0, 0];
    for (let place = from; place < from + OPTIONS; place += 1) {
      const option = sets[place];
      if (Number.isNaN(liking[option])) continue;
      known += liking[option];
      count += 1;
    }
    // What no other room has is guessed to be as far as the others on average.
    const usual = known / Math.max(1, count);
    for (let option = 0; option < OPTIONS; option += 1) {
      const likes = liking[sets[from + option]];
      SCORES[option] = Number.isNaN(likes) ? usual : likes;
    }
    RANKS[1 + model] = rankOf(SCORES, 0, draw);
  }
  return RANKS;
}

/** The cells of a split's tables, one for each model, by ranks: made once, as a scan has hundreds of sets. */
function cellsByRanks(split: number): (ranks: ArrayLike<number>) => OptionCells {
  const known: OptionCells[] = [];
  return (ranks) => {
    const place = (ranks[0] * OPTIONS + ranks[1]) * OPTIONS + ranks[2];
    known[place] ??= Array.from(ranks, (rank, model) => (split * MODELS + model) * OPTIONS + rank);
    return known[place];
  };
}
