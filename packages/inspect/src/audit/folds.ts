import { createHash } from "node:crypto";
import { at } from "@vsi/dataset/internal";

/** The parts that rooms are held out in: each room is guessed at from the other four fifths. */
export const FOLDS = 5;

/**
 * The fold of each question, 0 to FOLDS - 1. All questions of a unit share a fold, and the folds' numbers of units
 * differ by at most one.
 *
 * @param units what is held out whole: the physical room of each question, or each question's own id.
 * @param partition the seed of the draw; the audit's is its own seed.
 */
export function foldsOf(units: readonly string[], partition: string): Uint8Array {
  const foldOf = new Map(byLot([...new Set(units)], partition).map((unit, place) => [unit, place % FOLDS]));
  return Uint8Array.from(units, (unit) => foldOf.get(unit) ?? 0);
}

/** Different names in an order drawn by lot: the same for the same partition, whatever order they came in. */
export function byLot(names: readonly string[], partition: string): string[] {
  return names
    .map((name) => ({ name, rank: createHash("sha256").update(`audit/${partition}/${name}`).digest("hex") }))
    .sort((a, b) => (a.rank < b.rank ? -1 : 1))
    .map(({ name }) => name);
}

/**
 * A guess at every question, learnt from the other folds.
 *
 * @param fit learns from questions with their answers, and returns what guesses at others from their text alone.
 */
export function crossPredict<Asked, Guess>(
  fit: (training: readonly Asked[]) => (question: Asked) => Guess,
  questions: readonly Asked[],
  folds: Uint8Array,
): Guess[] {
  const guessers = Array.from({ length: FOLDS }, (_, fold) =>
    fit(questions.filter((_, index) => folds[index] !== fold)),
  );
  return questions.map((question, index) => at(guessers, at(folds, index))(question));
}
