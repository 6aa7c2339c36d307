import { at } from "@vsi/dataset/internal";

/**
 * What can be learned from words alone. Balancing asks these models, trained on other rooms, for their guesses; none of
 * them sees a scan.
 */

/** A question to learn from: what is known of each answer to choose from, in words, and which one is right. */
export interface WordExample {
  alternatives: readonly (readonly string[])[];
  right: number;
}

/** How much an answer with these words is liked; of several answers the highest is the guess. */
export type WordScore = (words: readonly string[]) => number;

/** Times that each example is learnt from, and the length of a step: AdaGrad shortens it by itself. */
const EPOCHS = 8;
const STEP = 0.3;

/**
 * Conditional logit (McFadden 1974): logistic regression over the answers to choose from, a weight for each word, with
 * the usual penalty of half the squared weights. By AdaGrad (Duchi et al. 2011), in the examples' order.
 */
export function learnWords(examples: readonly WordExample[]): WordScore {
  const places = new Map<string, number>();
  const counts: number[] = [];
  const placeOf = (word: string) => {
    const known = places.get(word);
    if (known !== undefined) return known;
    places.set(word, counts.length);
    counts.push(0);
    return counts.length - 1;
  };
  const known = examples.map(({ alternatives, right }) => ({
    right,
    alternatives: alternatives.map((words) =>
      words.map((word) => {
        const place = placeOf(word);
        counts[place] = at(counts, place) + 1;
        return place;
      }),
    ),
  }));
  const weights = new Float64Array(counts.length);
  const squares = new Float64Array(counts.length).fill(1e-8);
  for (let epoch = 0; epoch < EPOCHS; epoch += 1) {
    for (const { alternatives, right } of known) {
      const shares = shareOf(alternatives.map((words) => words.reduce((sum, word) => sum + at(weights, word), 0)));
      for (const [index, words] of alternatives.entries()) {
        const error = at(shares, index) - (index === right ? 1 : 0);
        for (const word of words) {
          const gradient = error + at(weights, word) / at(counts, word);
          squares[word] = at(squares, word) + gradient * gradient;
          weights[word] = at(weights, word) - (STEP * gradient) / Math.sqrt(at(squares, word));
        }
      }
    }
  }
  return (words) => rounded(words.reduce((sum, word) => sum + (weights[places.get(word) ?? -1] ?? 0), 0));
}

/** Shares that sum to 1, by the exponentials. */
export function shareOf(scores: readonly number[]): number[] {
  const highest = Math.max(...scores);
  const powers = scores.map((score) => Math.exp(score - highest));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}

/** Means by pair of words, drawn to the second word's own where a pair is rare. */
export interface PairMeans {
  add(first: string, second: string, value: number): void;
  /** @returns null for a second word that never came. */
  meanOf(first: string, second: string): number | null;
}

/** Pairs that the second word's own mean counts for. */
const SHRINKAGE = 3;

/** Means that are learnt pair by pair. */
export function pairMeans(): PairMeans {
  const pairs = new Map<string, { sum: number; count: number }>();
  const grow = (key: string, value: number) => {
    const known = pairs.get(key) ?? { sum: 0, count: 0 };
    known.sum += value;
    known.count += 1;
    pairs.set(key, known);
  };
  return {
    add(first, second, value) {
      grow(`${first}\n${second}`, value);
      grow(second, value);
    },
    meanOf(first, second) {
      const own = pairs.get(second);
      if (own === undefined) return null;
      const { sum, count } = pairs.get(`${first}\n${second}`) ?? { sum: 0, count: 0 };
      return rounded((sum + SHRINKAGE * (own.sum / own.count)) / (count + SHRINKAGE));
    },
  };
}

/** The last digits of sums and exponentials may differ from one machine to another; choices must not. */
function rounded(value: number): number {
  return Math.round(value * 1e9) / 1e9;
}

/**
 * How many of the scores are above the right one's, from 0; of equal ones a share.
 *
 * @param draw from 0 to under 1: where the right one stands among its equals.
 */
export function rankOf(scores: readonly number[], right: number, draw: number): number {
  const own = at(scores, right);
  const above = scores.filter((score) => score > own).length;
  const equal = scores.filter((score) => score === own).length;
  return above + Math.floor(draw * equal);
}
