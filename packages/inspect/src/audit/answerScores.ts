import { numberAccuracy } from "@vsi/scoring";
import type { AuditQuestion } from "./questions.ts";

/** A guess: a number, or one of the candidates' words. */
export type Guess = number | string;

/** What a guess is worth, in 0 to 1: mean relative accuracy (VSI-Bench, arXiv 2412.14171) for a number, 0 or 1 for words. */
export function scoreAnswer(guess: Guess, question: AuditQuestion): number {
  if (typeof guess === "number") return numberAccuracy(guess, question.value, "mra");
  return guess === question.truth ? 1 : 0;
}

/** A mean with its 95 % interval; the ends are null where there are fewer than two rooms. */
export interface Interval {
  mean: number;
  low: number | null;
  high: number | null;
}

/** The standard normal distribution's 97.5 % quantile. */
const QUANTILE = 1.959963984540054;

/**
 * The mean of values with a 95 % interval that takes the rooms, not the questions, for what was drawn: questions of one room
 * go right and wrong together. The linearised variance of a ratio estimate over clusters (Cochran, Sampling
 * Techniques, 3rd edition, section 9A).
 *
 * @param rooms the room of each value.
 */
export function meanByRoom(values: ArrayLike<number>, rooms: readonly string[]): Interval {
  const count = rooms.length;
  let total = 0;
  for (let index = 0; index < count; index++) total += values[index]!;
  const mean = total / count;
  const residuals = new Map<string, number>();
  for (const [index, room] of rooms.entries()) residuals.set(room, (residuals.get(room) ?? 0) + values[index]! - mean);
  const clusters = residuals.size;
  if (clusters < 2) return { mean, low: null, high: null };
  let squares = 0;
  for (const residual of residuals.values()) squares += residual * residual;
  const error = Math.sqrt(((clusters / (clusters - 1)) * squares) / count ** 2);
  return { mean, low: mean - QUANTILE * error, high: mean + QUANTILE * error };
}
