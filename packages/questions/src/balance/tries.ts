import { excessOverChance, learnWords, type WordExamples } from "./blindModels.ts";

/** Orders that picking is tried in. */
const TRIES = 8;

/**
 * Questions from which on one try is enough: two standard errors of a share are then at most two points. Of two hundred
 * they are seven.
 */
const ENOUGH = 2500;

/** What blind models see of everything that may be picked. */
export interface TriedExamples {
  /** The same questions as each model sees them. */
  models: readonly WordExamples[];
  /** Of each example, the fold of its room. */
  foldOf: ArrayLike<number>;
}

/**
 * Picks in several orders, and keeps the picks that models taught by the picks of other rooms guess most nearly as often
 * as chance does: above it is a shortcut, and below it too.
 *
 * @param pick the picks of a try; 0 is the plain order.
 * @param examplesOf the places of the picks among the examples.
 */
export function nearestToChance<Picks>(
  folds: readonly number[],
  tried: TriedExamples,
  pick: (attempt: number) => Picks,
  examplesOf: (picks: Picks) => readonly number[],
): Picks {
  const first = pick(0);
  const examples = examplesOf(first);
  if (folds.length === 0 || examples.length === 0 || examples.length >= ENOUGH) return first;
  let best = first;
  let least = distanceFromChance(folds, tried, examples);
  for (let attempt = 1; attempt < TRIES; attempt += 1) {
    const picks = pick(attempt);
    const distance = distanceFromChance(folds, tried, examplesOf(picks));
    if (distance < least) [best, least] = [picks, distance];
  }
  return best;
}

/** The share by which the model that is farthest from chance is right more or less often. */
function distanceFromChance(
  folds: readonly number[],
  { models, foldOf }: TriedExamples,
  examples: readonly number[],
): number {
  const distances = models.map((model) => {
    let excess = 0;
    for (const fold of folds) {
      const weights = learnWords(
        model,
        examples.filter((example) => foldOf[example] !== fold),
      );
      for (const example of examples) {
        if (foldOf[example] === fold) excess += excessOverChance(model, weights, example);
      }
    }
    return Math.abs(excess) / examples.length;
  });
  return Math.max(0, ...distances);
}
