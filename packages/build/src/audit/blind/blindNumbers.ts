import type { AuditQuestion } from "../questions/auditQuestion.ts";
import { FOLDS } from "../questions/roomFolds.ts";
import { foldEquations, withoutFold } from "./normalEquations.ts";
import { numberFeatures } from "./numberFeatures.ts";
import { ridgeWeights } from "./ridgeWeights.ts";

/**
 * The best guess at every number from the question's text alone: a ridge regression of the logarithm on the labels named,
 * learnt from the rooms of the other folds. Whole numbers where all answers are whole; where some answer is not positive,
 * the regression is of the number itself.
 */
export function blindNumbers(questions: readonly AuditQuestion[], folds: Uint8Array): number[] {
  const features = numberFeatures(questions);
  const isLogarithmic = questions.every(({ value }) => value > 0);
  const isWhole = questions.every(({ value }) => Number.isInteger(value));
  const targets = Float64Array.from(questions, ({ value }) => (isLogarithmic ? Math.log(value) : value));
  const equations = foldEquations(features, targets, folds);
  const weights = Array.from({ length: FOLDS }, (_, fold) => ridgeWeights(withoutFold(equations, fold)));
  return features.rows.map((row, index) => {
    const own = weights[folds[index]!]!;
    let sum = 0;
    for (const feature of row) sum += own[feature]!;
    const guess = isLogarithmic ? Math.exp(sum) : sum;
    return isWhole ? Math.round(guess) : guess;
  });
}
