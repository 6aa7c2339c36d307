import { createHash } from "node:crypto";
import { at } from "@vsi/dataset";

/** The parts that rooms are held out in: each room is guessed at from the other four fifths. */
export const FOLDS = 5;

/**
 * The fold of each question, 0 to FOLDS - 1. All questions about a physical room share a fold, and the folds' numbers
 * of rooms differ by at most one.
 *
 * @param rooms the physical room of each question.
 * @param partition the seed of the draw; the audit's is its own seed.
 */
export function roomFolds(rooms: readonly string[], partition: string): Uint8Array {
  const ranked = [...new Set(rooms)]
    .map((room) => ({ room, rank: createHash("sha256").update(`audit/${partition}/${room}`).digest("hex") }))
    .sort((a, b) => (a.rank < b.rank ? -1 : 1));
  const foldOf = new Map(ranked.map(({ room }, place) => [room, place % FOLDS]));
  return Uint8Array.from(rooms, (room) => foldOf.get(room) ?? 0);
}

/**
 * A guess at every question, learnt from the rooms of the other folds.
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
