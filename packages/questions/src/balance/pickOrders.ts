import { drawWithoutRepetition, type RandomGenerator, randomStream } from "@vsi/dataset";
import { at, balancedSequence, placedAmong } from "@vsi/dataset/internal";
import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { combinationCount, combinationOfRank } from "../combinations.ts";
import type { OrderPick, OrderPool } from "../types/objAppearanceOrder.ts";
import { type PairMeans, pairMeans, rankOf } from "./blindModels.ts";
import type { FoldedScan, PickInput } from "./folds.ts";
import { spreadEvenly } from "./spreadEvenly.ts";

const TYPE = "obj_appearance_order";

/** Of four labels, the first to appear first. */
const RIGHT_ORDER = [0, 1, 2, 3] as const;

const WRONG_ORDERS = permutations(RIGHT_ORDER).slice(1);

/** Wrong orders that are listed beside the right one. */
const LISTED_WRONG = 3;

/** Triples of wrong orders looked at for a set, of 1,771. */
const LOOKED_AT = 60;

/** What a blind model guesses about the rooms of one fold. */
interface Guess {
  /** How often the first of two labels comes before the second: 0 to 1. */
  precedence: PairMeans;
  /** Where a label stands in other rooms' orders: 0 for first, 1 for last. */
  place: PairMeans;
}

/**
 * Sets of four and the orders to list, so that the right order's rank among the four listed, by each of two blind
 * models, is as often first as second, third and fourth: which of two labels comes first in other rooms, and a label's
 * mean place there.
 */
export function pickOrders({ scans, folds, seed }: PickInput): [scanId: string, picks: OrderPick[]][] {
  const guesses = folds.map((fold) => learn(scans.filter((scan) => scan.fold !== fold)));
  const asked = scans.map((scan) => {
    const { labels, sets } = scan.pool[TYPE] ?? { labels: [], sets: [] };
    const random = randomStream([seed, "balance", TYPE, scan.scanId]);
    const questions = sets.slice(0, scan.limitOf(TYPE)).map((set) => {
      const names = set.map((place) => at(labels, place));
      return { names, listings: listingsOf(scan, names, guesses[scan.fold], random) };
    });
    return { scan, questions, random };
  });
  const offers = asked.flatMap(({ questions }) => questions.map(({ listings }) => listings.map(({ cells }) => cells)));
  const places = spreadEvenly(offers).values();
  return asked.map(({ scan, questions, random }) => {
    const answerPlaces = balancedSequence(random, [0, 1, 2, 3]);
    const picks = questions.map(({ names, listings }): OrderPick => {
      const { wrong } = at(listings, places.next().value ?? 0);
      const orders = placedAmong(random, [...RIGHT_ORDER], wrong, answerPlaces.next().value);
      return { question_type: TYPE, labels: names, orders };
    });
    return [scan.scanId, picks];
  });
}

/** Wrong orders to list, and the split with the right order's ranks among them. */
function listingsOf(scan: FoldedScan, names: readonly string[], guess: Guess | undefined, random: RandomGenerator) {
  const scores = scoresOf(names, guess);
  const draw = uniformFloat64(random);
  const listings: { wrong: number[][]; cells: string[] }[] = [];
  for (const rank of drawWithoutRepetition(random, combinationCount(WRONG_ORDERS.length, LISTED_WRONG))) {
    if (listings.length >= LOOKED_AT) break;
    const wrong = combinationOfRank(rank, LISTED_WRONG).map((place) => at(WRONG_ORDERS, place));
    const orders = [[...RIGHT_ORDER], ...wrong];
    const ranks = scores.map((scoreOf) => rankOf(orders.map(scoreOf), 0, draw));
    listings.push({ wrong, cells: ranks.map((rank, model) => `${scan.split} ${model} ${rank}`) });
  }
  return listings;
}

function learn(scans: readonly FoldedScan[]): Guess {
  const precedence = pairMeans();
  const place = pairMeans();
  for (const { pool } of scans) {
    const { labels }: Pick<OrderPool, "labels"> = pool[TYPE] ?? { labels: [] };
    for (const [first, label] of labels.entries()) {
      place.add("", label, labels.length < 2 ? 0.5 : first / (labels.length - 1));
      for (const later of labels.slice(first + 1)) {
        precedence.add(label, later, 1);
        precedence.add(later, label, 0);
      }
    }
  }
  return { precedence, place };
}

/** How much each model likes an order of the names: none where there is nothing to learn from. */
function scoresOf(names: readonly string[], guess: Guess | undefined): ((order: readonly number[]) => number)[] {
  if (guess === undefined) return [];
  const usual = names.map((name) => guess.place.meanOf("", name) ?? 0.5);
  return [
    (order) =>
      order.reduce(
        (sum, first, index) =>
          sum +
          order
            .slice(index + 1)
            .reduce((of, later) => of + (guess.precedence.meanOf(at(names, first), at(names, later)) ?? 0.5), 0),
        0,
      ),
    (order) => order.reduce((sum, name, place) => sum + place * at(usual, name), 0),
  ];
}

/** Every order of `values`, the given one first. */
function permutations(values: readonly number[]): number[][] {
  return values.length === 0
    ? [[]]
    : values.flatMap((first, place) =>
        permutations([...values.slice(0, place), ...values.slice(place + 1)]).map((rest) => [first, ...rest]),
      );
}
