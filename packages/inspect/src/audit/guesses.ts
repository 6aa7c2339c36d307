import { at } from "@vsi/dataset";
import { numberAccuracy } from "@vsi/scoring";
import { type BaselineName, type BaselineRole, baselinesOf, type Guess } from "./baselines.ts";
import { blindChoices } from "./blindChoices.ts";
import { blindNumbers } from "./blindNumbers.ts";
import { crossPredict, roomFolds } from "./folds.ts";
import type { AuditQuestion, QuestionGroup } from "./questions.ts";

/** All guesses at a group's questions. */
export interface GuessedGroup {
  /**
   * Chance first, the blind predictor last. Empty for questions about fewer than two rooms: nothing can be held out.
   */
  guesses: Guesses[];
  /** The blind predictor's belief in the right answer: its share among the candidates, or the score of its number. */
  beliefs: Float64Array;
}

/** One way to guess at all questions of a group. */
export interface Guesses {
  name: BaselineName;
  role: BaselineRole;
  /** One a question; null for chance among candidates, which is no single guess. */
  answers: readonly Guess[] | null;
  /** What each is worth, 0 to 1. */
  scores: Float64Array;
}

/** Where every answer in use is "left", another one was still possible: chance is not certain to be right. */
const FEWEST_CANDIDATES = 2;

/**
 * Guesses at every question in every way that suits the group, each learnt from other rooms only.
 *
 * @param partition the seed of the folds.
 */
export function guessGroup(group: QuestionGroup, partition: string): GuessedGroup {
  const { questions, kind } = group;
  const rooms = questions.map(({ room }) => room);
  if (new Set(rooms).size < 2) return { guesses: [], beliefs: new Float64Array(0) };
  const folds = roomFolds(rooms, partition);
  const scored = (name: BaselineName, role: BaselineRole, answers: readonly Guess[]): Guesses => {
    const scores = Float64Array.from(answers, (answer, index) => scoreAnswer(answer, at(questions, index)));
    return { name, role, answers, scores };
  };
  const simple = baselinesOf(group).map(({ name, role, fit }) =>
    scored(name, role, crossPredict(fit, questions, folds)),
  );
  if (kind === "number") {
    const blind = scored("blind predictor", "shortcut", blindNumbers(questions, folds));
    return { guesses: [...simple, blind], beliefs: blind.scores };
  }
  const chances = Float64Array.from(questions, ({ candidates }) => 1 / Math.max(FEWEST_CANDIDATES, candidates.length));
  const chance: Guesses = { name: "chance", role: "chance", answers: null, scores: chances };
  const choices = blindChoices(questions, folds);
  const blind = scored(
    "blind predictor",
    "shortcut",
    choices.map(({ answer }) => answer),
  );
  return { guesses: [chance, ...simple, blind], beliefs: Float64Array.from(choices, ({ belief }) => belief) };
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
