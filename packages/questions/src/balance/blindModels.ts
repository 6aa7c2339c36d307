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
  const numbered = numberWords(examples);
  const weights = learnNumbered(
    numbered,
    examples.map((_, example) => example),
  );
  const { numberOf } = numbered;
  return (words) => rounded(words.reduce((sum, word) => sum + (weights[numberOf.get(word) ?? -1] ?? 0), 0));
}

/**
 * Examples with numbers for words, all in a row. Picking teaches some eighty models: over words, most of a build's last
 * step went into looking them up.
 */
export interface NumberedExamples {
  numberOf: ReadonlyMap<string, number>;
  /** The numbers of each alternative's words, one alternative after the other. */
  words: Int32Array;
  /** Where each alternative's words begin, and where the last one's end. */
  wordStarts: Int32Array;
  /** Where each example's alternatives begin, and where the last one's end. */
  alternativeStarts: Int32Array;
  /** The right alternative of each example, counted from its first. */
  right: Int32Array;
}

export function numberWords(examples: readonly WordExample[]): NumberedExamples {
  const numberOf = new Map<string, number>();
  const words: number[] = [];
  const wordStarts: number[] = [0];
  const alternativeStarts: number[] = [0];
  for (const { alternatives } of examples) {
    for (const alternative of alternatives) {
      for (const word of alternative) {
        const number = numberOf.get(word) ?? numberOf.size;
        if (number === numberOf.size) numberOf.set(word, number);
        words.push(number);
      }
      wordStarts.push(words.length);
    }
    alternativeStarts.push(wordStarts.length - 1);
  }
  return {
    numberOf,
    words: Int32Array.from(words),
    wordStarts: Int32Array.from(wordStarts),
    alternativeStarts: Int32Array.from(alternativeStarts),
    right: Int32Array.from(examples, ({ right }) => right),
  };
}

/**
 * `learnWords` of some of the examples, in the order given.
 *
 * @returns the weight of each word; 0 for one that stands in none of them.
 */
export function learnNumbered(numbered: NumberedExamples, some: readonly number[]): Float64Array {
  const { numberOf, words, wordStarts, alternativeStarts, right } = numbered;
  const counts = new Int32Array(numberOf.size);
  let most = 0;
  for (const example of some) {
    const [from, to] = [alternativeStarts[example], alternativeStarts[example + 1]];
    for (let place = wordStarts[from]; place < wordStarts[to]; place += 1) counts[words[place]] += 1;
    most = Math.max(most, to - from);
  }
  const weights = new Float64Array(numberOf.size);
  const squares = new Float64Array(numberOf.size).fill(1e-8);
  const powers = new Float64Array(most);
  for (let epoch = 0; epoch < EPOCHS; epoch += 1) {
    for (let index = 0; index < some.length; index += 1) {
      const example = some[index];
      const from = alternativeStarts[example];
      const to = alternativeStarts[example + 1];
      // As in shareOf.
      let highest = Number.NEGATIVE_INFINITY;
      for (let alternative = from; alternative < to; alternative += 1) {
        const score = sumOfWeights(numbered, weights, alternative);
        powers[alternative - from] = score;
        highest = Math.max(highest, score);
      }
      let sum = 0;
      for (let place = 0; place < to - from; place += 1) {
        powers[place] = Math.exp(powers[place] - highest);
        sum += powers[place];
      }
      for (let alternative = from; alternative < to; alternative += 1) {
        const error = powers[alternative - from] / sum - (alternative - from === right[example] ? 1 : 0);
        for (let place = wordStarts[alternative]; place < wordStarts[alternative + 1]; place += 1) {
          const word = words[place];
          const gradient = error + weights[word] / counts[word];
          squares[word] += gradient * gradient;
          weights[word] -= (STEP * gradient) / Math.sqrt(squares[word]);
        }
      }
    }
  }
  return weights;
}

function sumOfWeights({ words, wordStarts }: NumberedExamples, weights: Float64Array, alternative: number): number {
  let sum = 0;
  for (let place = wordStarts[alternative]; place < wordStarts[alternative + 1]; place += 1) {
    sum += weights[words[place]];
  }
  return sum;
}

/** By how much more or less often than by chance the weights guess an example right: -1 to 1. */
export function excessOverChance(numbered: NumberedExamples, weights: Float64Array, example: number): number {
  const from = numbered.alternativeStarts[example];
  const to = numbered.alternativeStarts[example + 1];
  const rightScore = rounded(sumOfWeights(numbered, weights, from + numbered.right[example]));
  let best = 0;
  for (let alternative = from; alternative < to; alternative += 1) {
    const score = rounded(sumOfWeights(numbered, weights, alternative));
    if (score > rightScore) return -1 / (to - from);
    if (score === rightScore) best += 1;
  }
  return 1 / best - 1 / (to - from);
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
