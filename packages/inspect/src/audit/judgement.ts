import { at } from "@vsi/dataset/internal";
import { differences, type GuessedGroup, type Guesses, scoreSum, strongestOf } from "./guesses.ts";
import type { PredictorName } from "./predictors.ts";

/**
 * The audit's verdict on a type. "below chance": a guess is wrong too often for luck, and whoever learns to say the
 * opposite is right too often. "plain knowledge" is for numbers only: whoever knows how large sofas are scores well above
 * the median. No choice of questions can prevent that, and this dataset adds nothing to it.
 */
export type Verdict = "gives the answer away" | "below chance" | "plain knowledge" | "near chance" | "too few to tell";

/**
 * Numbers guessed this well without looking are not knowledge of the world: they follow from the text. The sample
 * rooms' furniture, made in a few fixed sizes, comes to 0.88.
 */
const KNOWN_OUTRIGHT = 0.95;

/** Where luck alone makes ten points in 19 of 20 cases, a score near chance says little: some 80 questions. */
const WIDEST = 0.1;

/**
 * The interval of a few rooms is itself a matter of luck: of five, it is half as wide as it should be in every tenth case.
 * And two rooms whose furniture is alike are no evidence that furniture is: nothing is said for or against so few.
 */
const FEWEST_ROOMS = 10;

export interface Judgement {
  verdict: Verdict;
  /** What shortcuts are compared with: chance for choices and counts, for other numbers the better of median and plain knowledge. */
  reference: PredictorName | null;
  /** The shortcut with the highest score; with the verdict "below chance", the one that is below. Null without guesses, as are the others. */
  shortcut: PredictorName | null;
  /** The mean gain of the shortcut over the reference. */
  excess: Interval | null;
  /** The mean gain of plain knowledge over the median; null where there is none to grant. Not a shortcut: it holds in every room. */
  priorGain: Interval | null;
}

/**
 * Judges a type by its guesses: near chance is what is within the limit or two standard errors of it, on either side.
 *
 * The strongest of several predictors is above chance by two standard errors more often than a single one. It is found
 * to give the answer away when it is by as many as keep all of them together at 97.5 % (Sidak, 1967): 2.6 where five
 * were tried. What lies between may be luck: too few to tell. Without that, a quarter of the types of 200 questions were
 * found wanting whose answers had been dealt out by lot.
 *
 * @param rooms the room of each question.
 */
export function judgeGroup({ guesses }: GuessedGroup, rooms: readonly string[], limit: number): Judgement {
  const chance = guesses[0];
  const reference = strongestOf(guesses.filter(({ role }) => role !== "shortcut"));
  const shortcuts = guesses.filter(({ role }) => role === "shortcut");
  const shortcut = strongestOf(shortcuts);
  if (chance === undefined || reference === null || shortcut === null) {
    return { verdict: "too few to tell", reference: null, shortcut: null, excess: null, priorGain: null };
  }
  const excess = meanByRoom(differences(shortcut, reference), rooms);
  const priorGain = chance.answers === null ? null : meanByRoom(differences(reference, chance), rooms);
  const judged = { reference: reference.name, shortcut: shortcut.name, excess, priorGain };
  if (new Set(rooms).size < FEWEST_ROOMS) return { verdict: "too few to tell", ...judged };
  const isKnownOutright = priorGain !== null && scoreSum(reference) >= KNOWN_OUTRIGHT * rooms.length;
  if (isKnownOutright || isOver(excess, limit, sidakQuantile(shortcuts.length)))
    return { verdict: "gives the answer away", ...judged };
  const isWide = excess.low === null || excess.mean - excess.low > WIDEST;
  const below = chance.answers === null && !isWide ? wayBelow(shortcuts, shortcut, chance, rooms, limit) : null;
  if (below !== null) return { verdict: "below chance", ...judged, ...below };
  if (isWide || isOver(excess, limit, QUANTILE)) return { verdict: "too few to tell", ...judged };
  return {
    verdict: priorGain !== null && isOver(priorGain, limit, QUANTILE) ? "plain knowledge" : "near chance",
    ...judged,
  };
}

/** Whether a mean is over the limit and over so many standard errors. */
function isOver({ mean, low }: Interval, limit: number, errors: number): boolean {
  return mean > limit && low !== null && mean * QUANTILE > errors * (mean - low);
}

/**
 * How many standard errors the largest of some independent draws is within, but for `tail` of all cases: for one draw and
 * 0.025 these are 1.96. By bisection of the normal distribution's tail.
 */
export function sidakQuantile(draws: number, tail: number = UPPER_TAIL): number {
  const allowed = 1 - (1 - tail) ** (1 / Math.max(1, draws));
  let [low, high] = [0, 8];
  for (let step = 0; step < 60; step += 1) {
    const middle = (low + high) / 2;
    if (normalTail(middle) > allowed) low = middle;
    else high = middle;
  }
  return low;
}

/** What is above 1.96 standard errors. */
const UPPER_TAIL = 0.025;

/**
 * As much as the strongest of so many predictors gains by luck in every second case; the limit where that is more.
 *
 * @param excess of the strongest, with its interval.
 * @param tried how many predictors there were.
 */
export function allowedExcess({ mean, low }: Interval, tried: number, limit: number): number {
  return low === null ? limit : Math.max(limit, (sidakQuantile(tried, 0.5) * (mean - low)) / QUANTILE);
}

/** The share of a standard normal distribution above a positive value: Abramowitz and Stegun 26.2.17, to 7.5e-8. */
function normalTail(value: number): number {
  const t = 1 / (1 + 0.2316419 * value);
  const series = t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  return (Math.exp((-value * value) / 2) / Math.sqrt(2 * Math.PI)) * series;
}

/**
 * A predictor that is not the strongest has to be far below chance: where answers are balanced, what was more common in
 * other rooms is a little less so in the held-out ones, and answers dealt out by lot came to 3.9 standard errors.
 */
const ERRORS_OF_THE_OTHERS = 4;

/**
 * The shortcut that is furthest below chance, by more than the limit and by more than luck. A constant counts only where
 * nothing beats it: its opposite is another constant.
 */
function wayBelow(
  shortcuts: readonly Guesses[],
  strongest: Guesses,
  chance: Guesses,
  rooms: readonly string[],
  limit: number,
): { shortcut: PredictorName; excess: Interval } | null {
  let furthest: { shortcut: PredictorName; excess: Interval } | null = null;
  for (const way of shortcuts) {
    if (way.isConstant && way !== strongest) continue;
    const excess = meanByRoom(differences(way, chance), rooms);
    if (excess.high === null || excess.mean >= -limit) continue;
    const errors = (-excess.mean / (excess.high - excess.mean)) * QUANTILE;
    if (errors <= (way === strongest ? QUANTILE : ERRORS_OF_THE_OTHERS)) continue;
    if (furthest === null || excess.mean < furthest.excess.mean) furthest = { shortcut: way.name, excess };
  }
  return furthest;
}

/** A mean with its 95 % interval; the bounds are null for fewer than two rooms. */
export interface Interval {
  mean: number;
  low: number | null;
  high: number | null;
}

/** The standard normal distribution's 97.5 % quantile. */
const QUANTILE = 1.959963984540054;

/**
 * The mean of values with a 95 % interval that takes the rooms, not the questions, as the sample: questions about one
 * room succeed and fail together. The linearised variance of a ratio estimate over clusters (Cochran, Sampling
 * Techniques, 3rd edition, section 9A).
 *
 * @param rooms the room of each value.
 */
export function meanByRoom(values: readonly number[] | Float64Array, rooms: readonly string[]): Interval {
  const count = rooms.length;
  let total = 0;
  for (const value of values) total += value;
  const mean = total / count;
  const residuals = new Map<string, number>();
  for (const [index, room] of rooms.entries()) {
    residuals.set(room, (residuals.get(room) ?? 0) + at(values, index) - mean);
  }
  const clusters = residuals.size;
  if (clusters < 2) return { mean, low: null, high: null };
  let squares = 0;
  for (const residual of residuals.values()) squares += residual * residual;
  const error = Math.sqrt(((clusters / (clusters - 1)) * squares) / count ** 2);
  return { mean, low: mean - QUANTILE * error, high: mean + QUANTILE * error };
}
