import type { RandomGenerator } from "@vsi/dataset";
import { at } from "@vsi/dataset/internal";
import { BACK, SIDES } from "./turns.ts";

/** How often the turns of a scene's routes may have each word. */
export interface TurnShares {
  /** Share of the turns that are turns back, over 0 and under 1: of routes' first turns, and of the later ones. */
  back: number;
}

/** How a route's turns would go with those of the scene's routes before it. */
export interface TurnStanding {
  /** Its turns back that come before they are due. */
  over: number;
  /** Its other turns where one back is due. */
  owed: number;
}

/** Keeps the turns of a scene's routes to their shares. */
export interface TurnLedger {
  standing(words: readonly string[]): TurnStanding;
  /** Takes down the turns of a route that is asked. */
  tell(words: readonly string[]): void;
}

/**
 * Turns back come at their share, by systematic sampling: of n turns there are floor(n * share + start) turns back,
 * with a start between 0 and 1 that is drawn once a scene. The few routes of a scene cannot have 16 % of their turns
 * back, but over many scenes n * share is the mean. First turns are counted apart, and then the share holds for them
 * too: most routes have no other.
 *
 * @param random gives the two starts.
 */
export function turnLedger(random: RandomGenerator, { back }: TurnShares): TurnLedger {
  const first = { start: uniform(random), backs: 0, turns: 0 };
  const later = { start: uniform(random), backs: 0, turns: 0 };

  const walk = (words: readonly string[], counts: { first: typeof first; later: typeof later }): TurnStanding => {
    const standing = { over: 0, owed: 0 };
    for (const [place, word] of words.entries()) {
      const part = place === 0 ? counts.first : counts.later;
      part.turns += 1;
      const isDue = part.backs + 1 <= part.turns * back + part.start;
      if (word === BACK) {
        standing.over += isDue ? 0 : 1;
        part.backs += 1;
      } else {
        standing.owed += isDue ? 1 : 0;
      }
    }
    return standing;
  };

  return {
    standing: (words) => walk(words, { first: { ...first }, later: { ...later } }),
    tell: (words) => void walk(words, { first, later }),
  };
}

/** A turn's word, drawn with its share; left and right have the rest in halves. */
export function drawTurn(random: RandomGenerator, { back }: TurnShares): string {
  const drawn = uniform(random);
  return drawn < back ? BACK : at(SIDES, drawn < (1 + back) / 2 ? 0 : 1);
}

/** From 0 to under 1. */
function uniform(random: RandomGenerator): number {
  return (random.next() >>> 0) / 2 ** 32;
}
