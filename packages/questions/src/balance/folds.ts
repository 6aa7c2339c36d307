import { type DatasetSplit, type QuestionType, randomStream } from "@vsi/dataset";
import { at } from "@vsi/dataset/internal";
import type { ScenePool } from "./pools.ts";

/** A scan whose questions are picked, in the order of the scans' ids. */
export interface PooledScan {
  scanId: string;
  split: DatasetSplit;
  /** The physical room. */
  room: string;
  pool: ScenePool;
  /** At most this many questions of a type; may be infinite. */
  limitOf(type: QuestionType): number;
}

/**
 * Rooms from which on other rooms tell what can be guessed. With fewer, a guess rests on a handful of other rooms, and
 * picking against it would only add noise: what is picked then is balanced by answers alone.
 */
export const LEAST_ROOMS = 20;

/** Parts of the rooms: what is guessed about one is learnt from the others. */
export const FOLDS = 5;

/** A scan with the fold of its room. */
export interface FoldedScan extends PooledScan {
  fold: number;
}

/** What the picking of one type works with. */
export interface PickInput {
  scans: readonly FoldedScan[];
  /** Empty where there are too few rooms to learn from. */
  folds: readonly number[];
  seed: number;
}

/** Rooms in seeded random order, dealt to the folds in turns. */
export function foldsOf(rooms: readonly string[], seed: number): Map<string, number> {
  const ranked = rooms
    .map((room) => ({ room, rank: randomStream([seed, "balance", "fold", room]).next() }))
    .sort((one, other) => one.rank - other.rank || (one.room < other.room ? -1 : 1));
  return new Map(ranked.map(({ room }, place) => [room, place % FOLDS]));
}

/** At most this many examples teach a model, so that the time it takes does not grow with the scans. */
export const MOST_EXAMPLES = 8_000;

/** At most `most` of the examples, at equal steps through the list. */
export function thinExamples<Example>(examples: readonly Example[], most: number): readonly Example[] {
  if (examples.length <= most) return examples;
  return Array.from({ length: most }, (_, place) => at(examples, Math.floor((place * examples.length) / most)));
}
