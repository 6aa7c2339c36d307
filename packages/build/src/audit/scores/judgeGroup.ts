import type { BaselineName } from "../baselines/baselinesOf.ts";
import type { GuessedGroup, Guesses } from "./guessGroup.ts";
import { type Interval, meanByRoom } from "./meanByRoom.ts";

/**
 * What the audit says of a type. "plain knowledge" is for numbers alone: who knows how large sofas are scores well above the
 * median, which no choice of questions can prevent, but this dataset adds nothing to that.
 */
export type Verdict = "gives the answer away" | "plain knowledge" | "near chance" | "too few to tell";

/**
 * Numbers guessed this well without looking are no knowledge of the world any more: they follow from the text. The sample
 * rooms' furniture, made in a few fixed sizes, comes to 0.88.
 */
const KNOWN_OUTRIGHT = 0.95;

export interface Judgement {
  verdict: Verdict;
  /** What shortcuts are held against: chance for choices, the best of the median and plain knowledge for numbers; null without guesses. */
  reference: BaselineName | null;
  /** The shortcut that is best; null without guesses. */
  shortcut: BaselineName | null;
  /** By how much the shortcut beats the reference, question by question; null without guesses. */
  excess: Interval | null;
  /** By how much plain knowledge of how large things are beats the median; null for choices. No shortcut: it holds in every room. */
  priorGain: Interval | null;
}

/** Judges a type by its guesses; the verdict's rules stand in `verdictOf`. */
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

/** Over the limit, and by more than luck; else too few questions when luck alone could pass the limit. */
function verdictOf(excess: Interval, priorGain: Interval | null, limit: number): Verdict {
  if (isOver(excess, limit)) return "gives the answer away";
  if (excess.low === null || excess.mean - excess.low > limit) return "too few to tell";
  return priorGain !== null && isOver(priorGain, limit) ? "plain knowledge" : "near chance";
}

function isOver({ mean, low }: Interval, limit: number): boolean {
  return mean > limit && low !== null && low > 0;
}

/** Question by question, by how much the first way is better. */
export function differences(first: Guesses, second: Guesses): Float64Array {
  return first.scores.map((score, index) => score - second.scores[index]!);
}

/** The way with the highest score; of equal ones the first. */
function bestOf(ways: readonly Guesses[]): Guesses {
  return ways.reduce((best, way) => (sumOf(way) > sumOf(best) ? way : best));
}

function sumOf({ scores }: Guesses): number {
  return scores.reduce((sum, score) => sum + score, 0);
}
