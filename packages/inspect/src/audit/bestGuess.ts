import { at } from "@vsi/dataset/internal";
import { numberAccuracy } from "@vsi/scoring";
import { type AuditQuestion, countBy } from "./questions.ts";

/** Guesses that are tried: as many quantiles of the answers; counts have fewer values than that. */
const MOST_VALUES = 64;

/** A name's own answers weigh as much as all others' when there are four of them. */
const PRIOR_WEIGHT = 4;

/**
 * The constant that scores best on the training answers: all that a model can learn from the answers alone. Candidates
 * are the answers themselves, or their quantiles if there are more than 64; ties go to the smaller.
 */
export function bestConstant(training: readonly AuditQuestion[]): () => number {
  const values = triedValues(training);
  const counts = countBy(training.map(({ value }) => value));
  const best = values[highest(scoresOf(counts, worthOf(counts, values), values.length).sums)] ?? Number.NaN;
  return () => best;
}

/**
 * For every name, or pair of names, the number that scores best on the training answers with it, drawn to what scores
 * best with each of its names and on all: what an expert's model makes of "the sofa" when scored by mean relative
 * accuracy.
 */
export function bestByName(training: readonly AuditQuestion[]): (question: AuditQuestion) => number {
  const values = triedValues(training);
  const counts = countsByKey(training);
  const worth = worthOf(counts.get(EVERY) ?? new Map(), values);
  const scores = new Map<string, Scores>();
  const scoresFor = (key: string): Scores => {
    const known = scores.get(key) ?? scoresOf(counts.get(key) ?? new Map(), worth, values.length);
    scores.set(key, known);
    return known;
  };
  const all = scoresFor(EVERY);
  const overall = all.sums.map((sum) => sum / Math.max(1, all.count));
  const guesses = new Map<string, number>();
  return ({ places }) => {
    const names = Object.values(places).sort();
    const key = names.join("\n");
    const known = guesses.get(key);
    if (known !== undefined) return known;
    const labels = names.map((name) => scoresFor(`name ${name}`));
    const labelCount = labels.reduce((count, own) => count + own.count, 0);
    const pair = names.length > 1 ? scoresFor(`all ${key}`) : { count: 0, sums: overall.map(() => 0) };
    const expected = overall.map((mean, index) => {
      const ofLabels = labels.reduce((sum, own) => sum + at(own.sums, index), PRIOR_WEIGHT * mean);
      const prior = ofLabels / (labelCount + PRIOR_WEIGHT);
      return (at(pair.sums, index) + PRIOR_WEIGHT * prior) / (pair.count + PRIOR_WEIGHT);
    });
    const guess = values[highest(expected)] ?? Number.NaN;
    guesses.set(key, guess);
    return guess;
  };
}

const EVERY = "every";

/** The different answers, ascending; at most 64 quantiles of them. */
function triedValues(training: readonly AuditQuestion[]): number[] {
  const different = [...new Set(training.map(({ value }) => value))].sort((a, b) => a - b);
  if (different.length <= MOST_VALUES) return different;
  const sorted = training.map(({ value }) => value).sort((a, b) => a - b);
  const quantiles = Array.from({ length: MOST_VALUES }, (_, index) =>
    at(sorted, Math.floor(((index + 0.5) * sorted.length) / MOST_VALUES)),
  );
  return [...new Set(quantiles)];
}

/** How often each answer occurs: among all questions, those with each name, and those with the same names. */
function countsByKey(training: readonly AuditQuestion[]): Map<string, Map<number, number>> {
  const counts = new Map<string, Map<number, number>>();
  for (const { places, value } of training) {
    const names = Object.values(places).sort();
    const keys = [EVERY, ...names.map((name) => `name ${name}`)];
    if (names.length > 1) keys.push(`all ${names.join("\n")}`);
    for (const key of keys) {
      const own = counts.get(key) ?? new Map<number, number>();
      counts.set(key, own);
      own.set(value, (own.get(value) ?? 0) + 1);
    }
  }
  return counts;
}

/** What each tried value is worth where an answer is right, by answer. */
function worthOf(counts: ReadonlyMap<number, number>, values: readonly number[]): Map<number, number[]> {
  return new Map(
    [...counts.keys()].map((truth) => [truth, values.map((guess) => numberAccuracy(guess, truth, "mra"))]),
  );
}

/** What each tried value would have scored in total. */
interface Scores {
  count: number;
  sums: number[];
}

function scoresOf(
  counts: ReadonlyMap<number, number>,
  worth: ReadonlyMap<number, readonly number[]>,
  size: number,
): Scores {
  const sums = new Array<number>(size).fill(0);
  let count = 0;
  for (const [truth, times] of counts) {
    count += times;
    for (const [index, own] of (worth.get(truth) ?? []).entries()) sums[index] = at(sums, index) + times * own;
  }
  return { count, sums };
}

function highest(list: readonly number[]): number {
  let best = 0;
  for (const [index, value] of list.entries()) if (value > at(list, best)) best = index;
  return best;
}
