import { uniformInt } from "pure-rand/distribution/uniformInt";
import type { RandomGenerator } from "pure-rand/types/RandomGenerator";

/**
 * The integers 0 to count - 1 in random order, each once: a Fisher-Yates shuffle that stores only the places it has
 * touched, so that a few can be drawn from billions.
 *
 * @param count a safe integer; nothing is drawn from 0.
 */
export function* drawWithoutRepetition(stream: RandomGenerator, count: number): Generator<number, void> {
  const moved = new Map<number, number>();
  for (let last = count - 1; last >= 0; last--) {
    const place = uniformInt(stream, 0, last);
    const drawn = moved.get(place) ?? place;
    moved.set(place, moved.get(last) ?? last);
    moved.delete(last);
    yield drawn;
  }
}
