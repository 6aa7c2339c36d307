/**
 * What can be learned from words alone. Balancing asks these models, trained on other rooms, for their guesses; none of
 * them sees a scan.
 */

/**
 * Questions to learn from and to guess at: what is known of each answer to choose from, in words, and which one is
 * right. Words are numbers, and all questions lie in a row: picking teaches some eighty models, and over words as texts
 * most of a build's last step went into looking them up.
 */
export interface WordExamples {
  /** Words are 0 to under this. */
  wordCount: number;
  /** Answers to choose from, the same number for every question, and words of each. */
  answers: number;
  wordsPerAnswer: number;
  /** Question by question. */
  words: Int32Array;
  /** Places from a question's words to the next one's. */
  questionStep: number;
  /**
   * Places from an answer's words to the next one's. 0 where a question's answers share its words: each adds its own
   * place to them, so that they are other words for each, which nobody has to store.
   */
  answerStep: number;
  /** The right answer of each question. */
  right: Int32Array;
}

/** Numbers for keys, from 0 as they first come. */
export class Numbers<Key> {
  readonly #numbers = new Map<Key, number>();

  of(key: Key): number {
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    const number = this.#numbers.size;
    this.#numbers.set(key, number);
    return number;
  }

  get count(): number {
    return this.#numbers.size;
  }
}

/** Times that each example is learnt from, and the length of a step: AdaGrad shortens it by itself. */
const EPOCHS = 8;
const STEP = 0.3;

/**
 * Conditional logit (McFadden 1974): logistic regression over the answers to choose from, a weight for each word, with
 * the usual penalty of half the squared weights. By AdaGrad (Duchi et al. 2011), in the examples' order.
 *
 * @param some the examples to learn from.
 * @returns the weight of each word; 0 for one that stands in none of them.
 */
export function learnWords(examples: WordExamples, some: ArrayLike<number>): Float64Array {
  const { wordCount, answers, wordsPerAnswer, words, right } = examples;
  const counts = new Int32Array(wordCount);
  for (let index = 0; index < some.length; index += 1) {
    for (let answer = 0; answer < answers; answer += 1) {
      const { from, plus } = wordsOf(examples, some[index], answer);
      for (let place = from; place < from + wordsPerAnswer; place += 1) counts[words[place] + plus] += 1;
    }
  }
  const weights = new Float64Array(wordCount);
  const squares = new Float64Array(wordCount).fill(1e-8);
  const powers = new Float64Array(answers);
  for (let epoch = 0; epoch < EPOCHS; epoch += 1) {
    for (let index = 0; index < some.length; index += 1) {
      const example = some[index];
      // As in shareOf.
      let highest = Number.NEGATIVE_INFINITY;
      for (let answer = 0; answer < answers; answer += 1) {
        const score = sumOfWeights(examples, weights, example, answer);
        powers[answer] = score;
        highest = Math.max(highest, score);
      }
      let sum = 0;
      for (let answer = 0; answer < answers; answer += 1) {
        powers[answer] = Math.exp(powers[answer] - highest);
        sum += powers[answer];
      }
      for (let answer = 0; answer < answers; answer += 1) {
        const error = powers[answer] / sum - (answer === right[example] ? 1 : 0);
        const { from, plus } = wordsOf(examples, example, answer);
        for (let place = from; place < from + wordsPerAnswer; place += 1) {
          const word = words[place] + plus;
          const gradient = error + weights[word] / counts[word];
          squares[word] += gradient * gradient;
          weights[word] -= (STEP * gradient) / Math.sqrt(squares[word]);
        }
      }
    }
  }
  return weights;
}

function sumOfWeights(examples: WordExamples, weights: Float64Array, example: number, answer: number): number {
  const { wordsPerAnswer, words } = examples;
  const { from, plus } = wordsOf(examples, example, answer);
  let sum = 0;
  for (let place = from; place < from + wordsPerAnswer; place += 1) sum += weights[words[place] + plus];
  return sum;
}

/** Where an answer's words stand, and what it adds to them. */
function wordsOf(
  { questionStep, answerStep }: WordExamples,
  example: number,
  answer: number,
): { from: number; plus: number } {
  return { from: example * questionStep + answer * answerStep, plus: answerStep === 0 ? answer : 0 };
}

/** How much the weights like each answer of an example; the highest is the guess. */
export function scoresOf(examples: WordExamples, weights: Float64Array, example: number): number[] {
  const scores: number[] = [];
  for (let answer = 0; answer < examples.answers; answer += 1) {
    scores.push(rounded(sumOfWeights(examples, weights, example, answer)));
  }
  return scores;
}

/** By how much more or less often than by chance the weights guess an example right: -1 to 1. */
export function excessOverChance(examples: WordExamples, weights: Float64Array, example: number): number {
  const scores = scoresOf(examples, weights, example);
  const rightScore = scores[examples.right[example]];
  let best = 0;
  for (const score of scores) {
    if (score > rightScore) return -1 / scores.length;
    if (score === rightScore) best += 1;
  }
  return 1 / best - 1 / scores.length;
}

/** Shares that sum to 1, by the exponentials. */
export function shareOf(scores: readonly number[]): number[] {
  const highest = Math.max(...scores);
  const powers = scores.map((score) => Math.exp(score - highest));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}

/** Means by pair of words, drawn to the second word's own where a pair is rare. Pairs and words are numbers. */
export interface PairMeans {
  add(pair: number, second: number, value: number): void;
  /** NaN for a second word that never came. */
  meanOf(pair: number, second: number): number;
}

/** Pairs that the second word's own mean counts for. */
const SHRINKAGE = 3;

/** Means that are learnt pair by pair, of so many pairs and second words. */
export function pairMeans(pairs: number, seconds: number): PairMeans {
  const [sums, counts] = [new Float64Array(pairs), new Int32Array(pairs)];
  const [ownSums, ownCounts] = [new Float64Array(seconds), new Int32Array(seconds)];
  return {
    add(pair, second, value) {
      sums[pair] += value;
      counts[pair] += 1;
      ownSums[second] += value;
      ownCounts[second] += 1;
    },
    meanOf(pair, second) {
      const own = ownSums[second] / ownCounts[second];
      return rounded((sums[pair] + SHRINKAGE * own) / (counts[pair] + SHRINKAGE));
    },
  };
}

/** The last digits of sums and exponentials may differ from one machine to another; choices must not. */
export function rounded(value: number): number {
  return Math.round(value * 1e9) / 1e9;
}

/**
 * How many of the scores are above the right one's, from 0; of equal ones a share.
 *
 * @param draw from 0 to under 1: where the right one stands among its equals.
 */
export function rankOf(scores: ArrayLike<number>, right: number, draw: number): number {
  const own = scores[right];
  let above = 0;
  let equal = 0;
  for (let place = 0; place < scores.length; place += 1) {
    if (scores[place] > own) above += 1;
    else if (scores[place] === own) equal += 1;
  }
  return above + Math.floor(draw * equal);
}
