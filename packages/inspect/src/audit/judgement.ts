import { at } from "@vsi/dataset";
import type { BaselineName } from "./baselines.ts";
import { differences, type GuessedGroup, type Guesses } from "./guesses.ts";

/**
 * The audit's verdict on a type. "plain knowledge" is for numbers only: whoever knows how large sofas are scores well
 * above the median. No choice of questions can prevent that, and this dataset adds nothing to it.
 */
type Verdict = "gives the answer away" | "plain knowledge" | "near chance" | "too few to tell";

/**
 * Numbers guessed this well without looking are not knowledge of the world: they follow from the text. The sample
 * rooms' furniture, made in a few fixed sizes, comes to 0.88.
 */
const KNOWN_OUTRIGHT = 0.95;

export interface Judgement {
  verdict: Verdict;
  /** What shortcuts are compared with: chance for choices, the better of median and plain knowledge for numbers. */
  reference: BaselineName | null;
  /** The best shortcut. Null without guesses, as are the others. */
  shortcut: BaselineName | null;
  /** The mean gain of the shortcut over the reference. */
  excess: Interval | null;
  /** The mean gain of plain knowledge over the median; null for choices. Not a shortcut: it holds in every room. */
  priorGain: Interval | null;
}

/** Judges a type by its guesses. */
export function judgeGroup({ guesses }: GuessedGroup, rooms: readonly string[], limit: number): Judgement {
  const chance = guesses[0];
  if (chance === undefined) {
    return { verdict: "too few to tell", reference: null, shortcut: null, excess: null, priorGain: null };
  }
  const reference = bestOf(guesses.filter(({ role }) => role !== "shortcut"));
  const shortcut = bestOf(guesses.filter(({ role }) => role === "shortcut"));
  const excess = meanByRoom(differences(shortcut, reference), rooms);
  const priorGain = chance.answers === null ? null : meanByRoom(differences(reference, chance), rooms);
  const isKnownOutright = priorGain !== null && sumOf(reference) >= KNOWN_OUTRIGHT * rooms.length;
  const verdict = isKnownOutright ? "gives the answer away" : verdictOf(excess, priorGain, limit);
  return { verdict, reference: reference.name, shortcut: shortcut.name, excess, priorGain };
}

/** Over the limit, and not by luck; otherwise too few questions where luck alone could exceed the limit. */
function verdictOf(excess: Interval, priorGain: Interval | null, limit: number): Verdict {
  if (isOver(excess, limit)) return "gives the answer away";
  if (excess.low === null || excess.mean - excess.low > limit) return "too few to tell";
  return priorGain !== null && isOver(priorGain, limit) ? "plain knowledge" : "near chance";
}

function isOver({ mean, low }: Interval, limit: number): boolean {
  return mean > limit && low !== null && low > 0;
}

/** The way with the highest score; the first of equals. */
function bestOf(ways: readonly Guesses[]): Guesses {
  return ways.reduce((best, way) => (sumOf(way) > sumOf(best) ? way : best));
}

function sumOf({ scores }: Guesses): number {
  return scores.reduce((sum, score) => sum + score, 0);
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
