import { at } from "@vsi/dataset/internal";
import { excessOverChance, learnNumbered, numberWords, type WordExample } from "./blindModels.ts";

/** A picked question as each of several blind models sees it. */
export interface TriedQuestion {
  fold: number;
  examples: readonly WordExample[];
}

/** Orders that picking is tried in. */
const TRIES = 8;

/**
 * Questions from which on one try is enough: two standard errors of a share are then at most two points. Of two hundred
 * they are seven.
 */
const ENOUGH = 2500;

/**
 * Picks in several orders, and keeps the picks that models taught by the picks of other rooms guess most nearly as often
 * as chance does: above it is a shortcut, and below it too.
 *
 * @param pick the picks of a try; 0 is the plain order.
 * @param questionsOf what the models see of them.
 */
export function nearestToChance<Picks>(
  folds: readonly number[],
  pick: (attempt: number) => Picks,
  questionsOf: (picks: Picks) => readonly TriedQuestion[],
): Picks {
  const first = pick(0);
  const questions = questionsOf(first);
  if (folds.length === 0 || questions.length === 0 || questions.length >= ENOUGH) return first;
  let best = first;
  let least = distanceFromChance(folds, questions);
  for (let attempt = 1; attempt < TRIES; attempt += 1) {
    const picks = pick(attempt);
    const distance = distanceFromChance(folds, questionsOf(picks));
    if (distance < least) [best, least] = [picks, distance];
  }
  return best;
}

/** The share by which the model that is farthest from chance is right more or less often. */
function distanceFromChance(folds: readonly number[], questions: readonly TriedQuestion[]): number {
  const models = questions[0]?.examples.length ?? 0;
  const places = [...questions.keys()];
  const foldOf = (place: number) => at(questions, place).fold;
  const distances = Array.from({ length: models }, (_, model) => {
    const numbered = numberWords(questions.map(({ examples }) => at(examples, model)));
    let excess = 0;
    for (const fold of folds) {
      const weights = learnNumbered(
        numbered,
        places.filter((place) => foldOf(place) !== fold),
      );
      for (const place of places) if (foldOf(place) === fold) excess += excessOverChance(numbered, weights, place);
    }
    return Math.abs(excess) / questions.length;
  });
  return Math.max(0, ...distances);
}
