import { questionTypeRow } from "@vsi/dataset";
import { at } from "@vsi/dataset/internal";
import { numberAccuracy } from "@vsi/scoring";
import type { Guess } from "./baselines.ts";
import { foldsOf } from "./folds.ts";
import { type Predictor, type PredictorName, type PredictorRole, predictorsOf } from "./predictors.ts";
import type { AuditQuestion, QuestionGroup } from "./questions.ts";

/** All guesses at a group's questions. */
export interface GuessedGroup {
  /** Chance first. Empty for questions about fewer than two rooms: nothing can be held out. */
  guesses: Guesses[];
}

/** One way to guess at all questions of a group. */
export interface Guesses {
  name: PredictorName;
  role: PredictorRole;
  /** Whether it says the same whatever the question names. */
  isConstant: boolean;
  /** One per question; null for chance, which is no single guess. */
  answers: readonly Guess[] | null;
  /** What each is worth, 0 to 1. */
  scores: Float64Array;
  /** Its belief in each right answer, 0 to 1; null where it has no degrees of belief. */
  beliefs: Float64Array | null;
}

/** What is held out whole: a question is guessed at from other rooms, or from all other questions. */
export type HeldOut = "rooms" | "questions";

/**
 * Guesses at every question in every way that suits the group, each learnt from the other folds only.
 *
 * @param partition the seed of the folds.
 * @param predictors of the group, where they are asked more than once.
 */
export function guessGroup(
  group: QuestionGroup,
  partition: string,
  heldOut: HeldOut = "rooms",
  predictors: readonly Predictor[] = predictorsOf(group),
): GuessedGroup {
  const { questions } = group;
  const rooms = questions.map(({ room }) => room);
  if (new Set(rooms).size < 2) return { guesses: [] };
  // Two questions with one id, as a foreign file may have, are held out together.
  const folds = foldsOf(heldOut === "rooms" ? rooms : questions.map(({ id }) => id), partition);
  const guesses = predictors.map(({ name, role, isConstant, guess }): Guesses => {
    const { answers, beliefs } = guess(folds);
    const scores = Float64Array.from(answers, (answer, index) => scoreAnswer(answer, at(questions, index)));
    return { name, role, isConstant, answers, scores, beliefs };
  });
  const chance = chanceScores(group);
  if (chance === null) return { guesses };
  const drawn: Guesses = {
    name: "chance",
    role: "chance",
    isConstant: true,
    answers: null,
    scores: chance,
    beliefs: null,
  };
  return { guesses: [drawn, ...guesses] };
}

/** Where every answer in use is "left", another one was still possible: chance is not certain to be right. */
const FEWEST_CANDIDATES = 2;

/** No room has as many different counts; a file of other numbers under this type may have. */
const MOST_DRAWN = 1000;

/**
 * What a draw among the possible answers is worth: one of the candidates, or one of the counts that occur, each as
 * likely as any other. Null for other numbers, where chance is a guess of its own.
 */
function chanceScores({ type, kind, questions }: QuestionGroup): Float64Array | null {
  if (kind === "choice") {
    return Float64Array.from(questions, ({ candidates }) => 1 / Math.max(FEWEST_CANDIDATES, candidates.length));
  }
  if (questionTypeRow(type).unit !== "count") return null;
  const counts = [...new Set(questions.map(({ value }) => value))].sort((a, b) => a - b);
  const stride = Math.ceil(counts.length / MOST_DRAWN);
  const drawn = counts.filter((_, index) => index % stride === 0);
  const worth = new Map(
    counts.map((truth) => {
      const total = drawn.reduce((sum, count) => sum + numberAccuracy(count, truth, "mra"), 0);
      return [truth, total / drawn.length];
    }),
  );
  return Float64Array.from(questions, ({ value }) => worth.get(value) ?? 0);
}

/** A guess's score, 0 to 1: mean relative accuracy (VSI-Bench, arXiv 2412.14171) for a number, 0 or 1 for words. */
export function scoreAnswer(guess: Guess, question: AuditQuestion): number {
  if (typeof guess === "number") return numberAccuracy(guess, question.value, "mra");
  return guess === question.truth ? 1 : 0;
}

/** By how much the first way is better, by question. */
export function differences(first: Guesses, second: Guesses): Float64Array {
  return first.scores.map((score, index) => score - at(second.scores, index));
}

/** The way with the highest score; the first of equals. */
export function strongestOf(ways: readonly Guesses[]): Guesses | null {
  return ways.reduce<Guesses | null>(
    (best, way) => (best === null || scoreSum(way) > scoreSum(best) ? way : best),
    null,
  );
}

/** The sum of a way's scores. */
export function scoreSum({ scores }: Guesses): number {
  return scores.reduce((sum, score) => sum + score, 0);
}

/** The beliefs in the right answers, of the best shortcut that has degrees of belief; else what its guesses are worth. */
export function beliefsIn({ guesses }: GuessedGroup): Float64Array {
  const shortcuts = guesses.filter(({ role }) => role === "shortcut");
  const believer = strongestOf(shortcuts.filter(({ beliefs }) => beliefs !== null)) ?? strongestOf(shortcuts);
  return believer?.beliefs ?? believer?.scores ?? new Float64Array(0);
}
