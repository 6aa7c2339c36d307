import { drawWithoutRepetition, type RandomGenerator, randomStream } from "@vsi/dataset";
import { at, balancedSequence, placedAmong } from "@vsi/dataset/internal";
import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { combinationCount, combinationOfRank } from "../combinations.ts";
import type { OrderPick, OrderPool } from "../types/objAppearanceOrder.ts";
import { Numbers, type PairMeans, pairMeans, rankOf } from "./blindModels.ts";
import type { FoldedScan, PickInput } from "./folds.ts";
import { type OptionCells, spreadEvenly } from "./spreadEvenly.ts";

const TYPE = "obj_appearance_order";

/** Of four labels, the first to appear first. */
const RIGHT_ORDER = [0, 1, 2, 3] as const;

/** Labels of a set. */
const OPTIONS = RIGHT_ORDER.length;

/** The right order, then the wrong ones. */
const ORDERS = permutations(RIGHT_ORDER);

/** Wrong orders that are listed beside the right one. */
const LISTED_WRONG = 3;

/** Triples of wrong orders looked at for a set, of 1,771. */
const LOOKED_AT = 60;

/** All scans' labels as numbers, and pairs of a label and another, in this order, as numbers too. */
interface NumberedScans {
  scans: readonly NumberedScan[];
  labels: number;
  pairs: number;
}

interface NumberedScan {
  scan: FoldedScan;
  pool: OrderPool;
  /** The pool's labels, and the pairs of each with every other. */
  labels: readonly number[];
  pairs: readonly Int32Array[];
}

/** What a blind model knows of the rooms of all folds but one. */
interface Guess {
  /** How often the first of two labels comes before the second: 0 to 1. */
  precedence: PairMeans;
  /** Where a label stands in other rooms' orders: 0 for first, 1 for last. By label alone. */
  place: PairMeans;
}

/** Blind models. */
const MODELS = 2;

/**
 * Sets of four and the orders to list, so that the right order's rank among the four listed, by each of two blind
 * models, is as often first as second, third and fourth: which of two labels comes first in other rooms, and a label's
 * mean place there.
 */
export function pickOrders({ scans, folds, seed }: PickInput): [scanId: string, picks: OrderPick[]][] {
  const numbered = numberScans(scans);
  const guesses = folds.map((fold) => learn(numbered, fold));
  const splits = new Numbers<string>();
  const asked = numbered.scans.map((own) => {
    const { scan, pool } = own;
    const random = randomStream([seed, "balance", TYPE, scan.scanId]);
    const split = splits.of(scan.split);
    const count = Math.min(pool.sets.length / OPTIONS, scan.limitOf(TYPE));
    const questions = Array.from({ length: count }, (_, index) => {
      const set = RIGHT_ORDER.map((place) => at(pool.sets, OPTIONS * index + place));
      const names = set.map((place) => at(pool.labels, place));
      return { names, listings: listingsOf(split, scoresOf(own, set, guesses[scan.fold]), random) };
    });
    return { scan, questions, random };
  });
  const offers = asked.flatMap(({ questions }) => questions.map(({ listings }) => listings.map(({ cells }) => cells)));
  const places = spreadEvenly(offers).values();
  return asked.map(({ scan, questions, random }) => {
    const answerPlaces = balancedSequence(random, [0, 1, 2, 3]);
    const picks = questions.map(({ names, listings }): OrderPick => {
      const { wrong } = at(listings, places.next().value ?? 0);
      const orders = placedAmong(
        random,
        [...RIGHT_ORDER],
        wrong.map((order) => at(ORDERS, order)),
        answerPlaces.next().value,
      );
      return { question_type: TYPE, labels: names, orders };
    });
    return [scan.scanId, picks];
  });
}

function numberScans(scans: readonly FoldedScan[]): NumberedScans {
  const pools = scans.map(({ pool }): OrderPool => pool[TYPE] ?? { labels: [], sets: [] });
  const labels = new Numbers<string>();
  const labelsOf = pools.map((pool) => pool.labels.map((label) => labels.of(label)));
  const pairs = new Numbers<number>();
  const numbered = scans.map((scan, place): NumberedScan => {
    const own = at(labelsOf, place);
    const pairsWith = (first: number) => Int32Array.from(own, (second) => pairs.of(first * labels.count + second));
    return { scan, pool: at(pools, place), labels: own, pairs: own.map(pairsWith) };
  });
  return { scans: numbered, labels: labels.count, pairs: pairs.count };
}

/** From the rooms of all other folds. */
function learn({ scans, labels: labelCount, pairs: pairCount }: NumberedScans, fold: number): Guess {
  const precedence = pairMeans(pairCount, labelCount);
  const place = pairMeans(labelCount, labelCount);
  for (const { scan, labels, pairs } of scans) {
    if (scan.fold === fold) continue;
    for (const [first, label] of labels.entries()) {
      place.add(label, label, labels.length < 2 ? 0.5 : first / (labels.length - 1));
      for (let later = first + 1; later < labels.length; later += 1) {
        precedence.add(at(at(pairs, first), later), at(labels, later), 1);
        precedence.add(at(at(pairs, later), first), label, 0);
      }
    }
  }
  return { precedence, place };
}

/** How much each model likes each order of a set's labels: none where there is nothing to learn from. */
function scoresOf({ labels, pairs }: NumberedScan, set: readonly number[], guess: Guess | undefined): number[][] {
  if (guess === undefined) return [];
  const half = (mean: number) => (Number.isNaN(mean) ? 0.5 : mean);
  const usual = set.map((one) => half(guess.place.meanOf(at(labels, one), at(labels, one))));
  const before = set.map((one) =>
    set.map((other) => half(guess.precedence.meanOf(at(at(pairs, one), other), at(labels, other)))),
  );
  return [
    ORDERS.map((order) =>
      order.reduce(
        (sum, first, place) => sum + order.slice(place + 1).reduce((of, later) => of + at(at(before, first), later), 0),
        0,
      ),
    ),
    ORDERS.map((order) => order.reduce((sum, name, place) => sum + place * at(usual, name), 0)),
  ];
}

/** Wrong orders to list, by their places among all, and the cells of the split's tables by the right order's ranks. */
function listingsOf(
  split: number,
  scores: readonly (readonly number[])[],
  random: RandomGenerator,
): { wrong: number[]; cells: OptionCells }[] {
  const draw = uniformFloat64(random);
  const listings: { wrong: number[]; cells: OptionCells }[] = [];
  for (const rank of drawWithoutRepetition(random, combinationCount(ORDERS.length - 1, LISTED_WRONG))) {
    if (listings.length >= LOOKED_AT) break;
    const wrong = combinationOfRank(rank, LISTED_WRONG).map((order) => 1 + order);
    const cells = scores.map((ofModel, model) => {
      const listed = [0, ...wrong].map((order) => at(ofModel, order));
      return (split * MODELS + model) * listed.length + rankOf(listed, 0, draw);
    });
    listings.push({ wrong, cells });
  }
  return listings;
}

/** Every order of `values`, the given one first. */
function permutations(values: readonly number[]): number[][] {
  return values.length === 0
    ? [[]]
    : values.flatMap((first, place) =>
        permutations([...values.slice(0, place), ...values.slice(place + 1)]).map((rest) => [first, ...rest]),
      );
}
