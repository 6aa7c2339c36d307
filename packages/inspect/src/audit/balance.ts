import { type AnswerKind, questionTypeRow } from "@vsi/dataset";
import { type AuditQuestion, countBy, type QuestionGroup } from "./questions.ts";

/** How often each value was the right answer, against a balanced dataset. */
export interface Balance {
  what: "letter" | "position" | "left and right" | "answer";
  values: { value: string; count: number; expected: number }[];
  test: "chi-square" | "exact binomial";
  /** The probability that chance alone is at least as uneven, taking questions as independent. */
  probability: number;
}

/** Answers that say left or right: a word, or one for each turn. */
const SIDED_ANSWERS: readonly AnswerKind[] = ["direction", "movement", "turns"];

/**
 * What should be balanced in a group: the right option's letter or position, left and right, the answers themselves.
 */
export function balancesOf({ type, kind, listing, questions }: QuestionGroup): Balance[] {
  if (kind === "number") return [];
  const balances: Balance[] = [];
  if (listing !== "answers") balances.push(positionBalance(questions, listing === "options" ? "letter" : "position"));
  if (SIDED_ANSWERS.includes(questionTypeRow(type).answer)) balances.push(sideBalance(questions));
  const answers = [...(questions[0]?.candidates ?? [])].sort();
  const isClosed = questions.every(({ candidates }) => [...candidates].sort().join("\n") === answers.join("\n"));
  if (isClosed && answers.length > 2) {
    const counts = countBy(questions.map(({ truth }) => truth));
    const expected = questions.length / answers.length;
    const values = answers.map((value) => ({ value, count: counts.get(value) ?? 0, expected }));
    balances.push(evenBalance("answer", values));
  }
  return balances;
}

function positionBalance(questions: readonly AuditQuestion[], what: "letter" | "position"): Balance {
  const length = questions.reduce((longest, { candidates }) => Math.max(longest, candidates.length), 0);
  const places = Array.from({ length }, (_, place) => ({
    value: what === "letter" ? String.fromCharCode(65 + place) : String(place + 1),
    count: 0,
    expected: 0,
  }));
  for (const { candidates, truth } of questions) {
    for (const [index, place] of places.slice(0, candidates.length).entries()) {
      if (candidates.indexOf(truth) === index) place.count += 1;
      place.expected += 1 / candidates.length;
    }
  }
  return evenBalance(what, places);
}

function evenBalance(what: Balance["what"], values: Balance["values"]): Balance {
  const statistic = values.reduce((sum, { count, expected }) => sum + (count - expected) ** 2 / expected, 0);
  return { what, values, test: "chi-square", probability: chiSquareProbability(statistic, values.length - 1) };
}

/** Counts the words "left" and "right" in the right answers: "front-left" has one, a route one for each turn. */
function sideBalance(questions: readonly AuditQuestion[]): Balance {
  const words = questions.flatMap(({ truth }) => truth.toLowerCase().match(/left|right/g) ?? []);
  const left = words.filter((word) => word === "left").length;
  const right = words.length - left;
  const expected = words.length / 2;
  return {
    what: "left and right",
    values: [
      { value: "left", count: left, expected },
      { value: "right", count: right, expected },
    ],
    test: "exact binomial",
    probability: fairCoinProbability(left, words.length),
  };
}

/**
 * The two-sided exact binomial test of equal shares. Questions are taken as independent.
 *
 * @param first how often one side came up, of `total`.
 */
export function fairCoinProbability(first: number, total: number): number {
  const fewer = Math.min(first, total - first);
  if (fewer * 2 === total) return 1;
  // Logarithms: 2^-total underflows from about a thousand on.
  let logarithm = -total * Math.LN2;
  let tail = Math.exp(logarithm);
  for (let heads = 1; heads <= fewer; heads += 1) {
    logarithm += Math.log((total - heads + 1) / heads);
    tail += Math.exp(logarithm);
  }
  return Math.min(1, 2 * tail);
}

/** Terms of the series are added until they no longer change the sum; 10,000 are never reached below the cut-off. */
const MOST_TERMS = 10_000;

/** Terms with a smaller logarithm are below what a double holds. */
const SMALLEST_LOGARITHM = -700;

/**
 * The probability of a chi-square statistic at least as large by luck alone (Pearson's test; the regularised upper
 * incomplete gamma function by its series, Abramowitz and Stegun 6.5.29). Exact to about 1e-14. Questions are taken as
 * independent.
 *
 * @param statistic the sum of (count - expected)^2 / expected.
 * @param degrees one less than the number of values.
 */
export function chiSquareProbability(statistic: number, degrees: number): number {
  if (degrees < 1 || statistic <= 0) return 1;
  const shape = degrees / 2;
  const half = statistic / 2;
  const logarithm = shape * Math.log(half) - half - logGamma(shape + 1);
  // The series' terms grow from here only while half is larger: so far out, what is left above is nothing.
  if (logarithm < SMALLEST_LOGARITHM) return half > shape ? 0 : 1;
  let term = Math.exp(logarithm);
  let sum = 0;
  for (let step = 1; step < MOST_TERMS && term > 0; step += 1) {
    sum += term;
    term *= half / (shape + step);
    if (term < sum * Number.EPSILON) break;
  }
  return Math.max(0, Math.min(1, 1 - sum));
}

/** The logarithm of gamma at a multiple of one half, by gamma(x + 1) = x gamma(x) from gamma(1) and gamma(1/2). */
function logGamma(value: number): number {
  let below = Number.isInteger(value) ? 1 : 0.5;
  let logarithm = below === 1 ? 0 : Math.log(Math.PI) / 2;
  for (; below < value; below += 1) logarithm += Math.log(below);
  return logarithm;
}
