import { at } from "@vsi/dataset/internal";

/**
 * VSI-Bench's thresholds for relative accuracy, but for the last digits. @vsi/scoring has them bit for bit; questions
 * know nothing of scores, and which question goes does not hang on a last digit.
 */
const THRESHOLDS = [0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95];

/** Float error of a threshold: an error of exactly a tenth passes 0.9. */
const SLACK = 1e-9;

/** Mean relative accuracy of an answer: the share of thresholds that it passes (VSI-Bench). */
function relativeAccuracy(answer: number, truth: number): number {
  const error = Math.abs(answer - truth) / truth;
  return THRESHOLDS.filter((threshold) => error <= 1 - threshold + SLACK).length / THRESHOLDS.length;
}

/** The share that always stays. */
const LEAST_SHARE = 0.2;

/**
 * How many of each number may stay so that no constant answer scores more than `most` on average: as long as one does,
 * one of the numbers that it scores best on goes, the commonest of these; but a fifth stays: where so few different
 * numbers occur that a constant scores more even then, none could be made hard to guess. Constants are the numbers
 * themselves and every whole number, which may never be right and still be near enough to all of them.
 *
 * @param truths above 0.
 * @returns by number, how many stay.
 */
export function thinnedCounts(truths: readonly number[], most: number): Map<number, number> {
  const numbers = [...new Set(truths)].sort((one, other) => one - other);
  const counts = numbers.map((number) => truths.filter((truth) => truth === number).length);
  const scores = constantsFor(numbers).map((answer) => numbers.map((truth) => relativeAccuracy(answer, truth)));
  const sums = scores.map((row) => row.reduce((sum, score, place) => sum + score * at(counts, place), 0));
  let left = truths.length;
  const fewest = Math.ceil(LEAST_SHARE * truths.length);
  while (left > fewest) {
    const best = sums.indexOf(Math.max(...sums));
    if (at(sums, best) <= most * left) break;
    const row = at(scores, best);
    const [dropped] = [...numbers.keys()]
      .filter((place) => at(counts, place) > 0)
      .sort((one, other) => at(row, other) - at(row, one) || at(counts, other) - at(counts, one) || one - other);
    if (dropped === undefined) break;
    counts[dropped] = at(counts, dropped) - 1;
    left -= 1;
    for (const [answer, ofAnswer] of scores.entries()) sums[answer] = at(sums, answer) - at(ofAnswer, dropped);
  }
  return new Map(numbers.map((number, place) => [number, at(counts, place)]));
}

/**
 * The numbers, and the whole ones among which the best is: what passes a threshold lies in a range around the truth, and
 * where the most ranges overlap one of them begins.
 */
function constantsFor(numbers: readonly number[]): number[] {
  const lowest = numbers.flatMap((truth) => THRESHOLDS.map((threshold) => Math.ceil(truth * threshold - SLACK)));
  return [...new Set([...numbers, ...lowest])].sort((one, other) => one - other);
}

/** A question that may be thinned out. */
export interface Thinnable {
  /** What is asked about, in words: of a number that goes, those leave first whose words give it most often. */
  words: string;
  truth: number;
  /** A seeded hash breaks ties. */
  rank: string;
}

/** Which of the questions go so that no constant answer scores more than `most`. */
export function overCommon<Question extends Thinnable>(questions: readonly Question[], most: number): Set<Question> {
  const stay = thinnedCounts(
    questions.map(({ truth }) => truth),
    most,
  );
  const over = new Set<Question>();
  for (const [truth, count] of stay) {
    const left = new Map<string, Question[]>();
    for (const question of questions) {
      if (question.truth === truth) left.set(question.words, [...(left.get(question.words) ?? []), question]);
    }
    for (const same of left.values()) same.sort((one, other) => (one.rank < other.rank ? -1 : 1));
    let surplus = [...left.values()].reduce((sum, same) => sum + same.length, 0) - count;
    for (; surplus > 0; surplus -= 1) {
      const [commonest] = [...left.values()].sort(
        (one, other) => other.length - one.length || (at(one, 0).rank < at(other, 0).rank ? -1 : 1),
      );
      const dropped = commonest?.pop();
      if (dropped === undefined) break;
      if (commonest?.length === 0) left.delete(dropped.words);
      over.add(dropped);
    }
  }
  return over;
}
