import { at } from "@vsi/dataset/internal";
import type { RoomDistances } from "./distances.ts";
import type { AuditQuestion } from "./questions.ts";
import { RoomSums, shrunkMean } from "./roomSums.ts";

/**
 * What other questions say of one question's candidate; the highest is the best guess.
 *
 * @param own what the asked room's own questions say: counted where they may be known, left out while learning, so that
 * no question is judged by itself.
 */
type OptionScore = (question: AuditQuestion, candidate: string, own: "left out" | "counted") => number;

/** Learns such a score from questions with their answers. */
export type FitScore = (training: readonly AuditQuestion[]) => OptionScore;

/** Answers with the candidate that scores highest; the first of equals. */
export function bestScored(fit: FitScore): (training: readonly AuditQuestion[]) => (question: AuditQuestion) => string {
  return (training) => {
    const score = fit(training);
    return (question) => at(ranked(question, score, "counted"), 0);
  };
}

/**
 * Answers with the candidate at the rank that was right most often: where the best scored one is never right, knowing
 * that is worth as much as where it always is.
 */
export function commonRank(fit: FitScore): (training: readonly AuditQuestion[]) => (question: AuditQuestion) => string {
  return (training) => {
    const score = fit(training);
    const rights: number[] = [];
    for (const question of training) {
      const rank = ranked(question, score, "left out").indexOf(question.truth);
      if (rank >= 0) rights[rank] = (rights[rank] ?? 0) + 1;
    }
    let common = 0;
    for (const [rank, count = 0] of rights.entries()) if (count > (rights[common] ?? 0)) common = rank;
    return (question) => at(ranked(question, score, "counted"), Math.min(common, question.candidates.length - 1));
  };
}

function ranked(question: AuditQuestion, score: OptionScore, own: "left out" | "counted"): string[] {
  return question.candidates
    .map((candidate) => ({ candidate, score: score(question, candidate, own) }))
    .sort((a, b) => b.score - a.score)
    .map(({ candidate }) => candidate);
}

/** A pair's own mean counts as much as the option's when it comes from three rooms; of question-quality's prototype. */
const PAIR_WEIGHT = 3;

/** The place of the wording that holds what the options are near to or far from. */
export const TARGET = "category";

/**
 * Minus the mean distance of option and target in other rooms, drawn to the option's mean distance from anything.
 *
 * @param distances of the rooms that the questions are about; those of rooms that training lacks are not looked at.
 */
export function pairDistance(distances: RoomDistances): FitScore {
  return (training) => {
    const pairs = new RoomSums();
    const options = new RoomSums();
    for (const room of new Set(training.map((question) => question.room))) {
      for (const { a, b, distance_m } of distances.get(room) ?? []) {
        pairs.add(pairKey(a, b), room, distance_m);
        for (const name of [a, b]) options.add(name, room, distance_m);
        options.add(EVERY, room, distance_m);
      }
    }
    // A room's own distances are the answers to its questions: left out whoever asks.
    return ({ room, places }, candidate) => {
      const overall = shrunkMean(options.of(EVERY, room, "left out"), 0, SMALLEST_WEIGHT);
      const mean = shrunkMean(options.of(candidate, room, "left out"), overall, PAIR_WEIGHT);
      return -shrunkMean(pairs.of(pairKey(candidate, places[TARGET] ?? ""), room, "left out"), mean, PAIR_WEIGHT);
    };
  };
}

/** Keeps a mean of nothing a number. */
const SMALLEST_WEIGHT = 1e-9;

const EVERY = "\n";

function pairKey(a: string, b: string): string {
  return a < b ? `${a}\n${b}` : `${b}\n${a}`;
}

/** How often the option was right beside the target, drawn to how often it was right beside anything. */
export const pairWins: FitScore = (training) => {
  const sums = new RoomSums();
  for (const { room, places, candidates, truth } of training) {
    for (const candidate of candidates) {
      const won = candidate === truth ? 1 : 0;
      sums.add(`${candidate}\n${places[TARGET] ?? ""}`, room, won);
      sums.add(candidate, room, won);
      sums.add(EVERY, room, won);
    }
  }
  return ({ room, places }, candidate, own) => {
    const overall = shrunkMean(sums.of(EVERY, room, own), 0, SMALLEST_WEIGHT);
    const mean = shrunkMean(sums.of(candidate, room, own), overall, PAIR_WEIGHT);
    return shrunkMean(sums.of(`${candidate}\n${places[TARGET] ?? ""}`, room, own), mean, PAIR_WEIGHT);
  };
};

/** The labels of an order of appearance, the first first. */
function labelsOf(order: string): string[] {
  return order.split(", ");
}

/**
 * How well an order agrees with the mean place that each label has in other rooms' right orders: the sum of places times
 * mean places, which is largest where the two are in the same order.
 */
export const meanPlaces: FitScore = (training) => {
  const places = new RoomSums();
  for (const { room, truth } of training) {
    const labels = labelsOf(truth);
    for (const [place, label] of labels.entries()) places.add(label, room, place - (labels.length - 1) / 2);
  }
  return ({ room }, candidate, own) =>
    labelsOf(candidate).reduce(
      (sum, label, place) => sum + place * shrunkMean(places.of(label, room, own), 0, PLACE_WEIGHT),
      0,
    );
};

/** A label seen once may stand anywhere. */
const PLACE_WEIGHT = 1;

/**
 * How well an order agrees with which of two labels came first in other rooms: the log odds of every pair of its labels,
 * taken as independent. A pair never seen tells nothing.
 */
export const precedence: FitScore = (training) => {
  const pairs = new RoomSums();
  for (const { room, truth } of training) {
    for (const [earlier, later] of orderedPairs(truth))
      pairs.add(pairKey(earlier, later), room, earlier < later ? 1 : 0);
  }
  return ({ room }, candidate, own) => {
    let score = 0;
    for (const [earlier, later] of orderedPairs(candidate)) {
      const share = shrunkMean(pairs.of(pairKey(earlier, later), room, own), 0.5, PRECEDENCE_WEIGHT);
      score += (earlier < later ? 1 : -1) * Math.log(share / (1 - share));
    }
    return score;
  };
};

/** Laplace's rule: one more of either order. */
const PRECEDENCE_WEIGHT = 2;

function orderedPairs(order: string): [earlier: string, later: string][] {
  const labels = labelsOf(order);
  return labels.flatMap((earlier, index) => labels.slice(index + 1).map((later): [string, string] => [earlier, later]));
}
