import { questionTypeRow } from "@vsi/dataset";
import {
  categoryMean,
  commonPosition,
  type Guess,
  logMean,
  majorityAnswer,
  medianAnswer,
  pairMean,
} from "./baselines.ts";
import { bestByName, bestConstant } from "./bestGuess.ts";
import { type BlindChoice, boostedChoices, boostedWords, choiceRows, regressedChoices } from "./blindChoices.ts";
import { blindNumbers } from "./blindNumbers.ts";
import { choiceFeatures } from "./choiceFeatures.ts";
import type { SparseRows } from "./conditionalLogit.ts";
import { crossPredict } from "./folds.ts";
import { bestScored, commonRank, meanPlaces, pairDistance, pairWins, precedence, TARGET } from "./optionScores.ts";
import type { AuditQuestion, QuestionGroup } from "./questions.ts";
import type { ChoiceRows } from "./targetEncoding.ts";

/** The names of the ways to guess, as tables show them. */
export type PredictorName =
  | "chance"
  | "median"
  | "majority answer"
  | "common position"
  | "best constant"
  | "log mean"
  | "category mean"
  | "pair mean"
  | "best by name"
  | "ridge regression"
  | "boosted trees"
  | "boosted words"
  | "logistic regression"
  | "pair wins"
  | "pair distance"
  | "rank by distance"
  | "mean places"
  | "rank by places"
  | "precedence"
  | "rank by precedence";

/**
 * What a predictor's success means. "chance": nobody can be kept from it. "prior": common knowledge, such as how long
 * sofas are. "shortcut": what this dataset alone gives away.
 */
export type PredictorRole = "chance" | "prior" | "shortcut";

/** A way to guess at questions from their text alone. */
export interface Predictor {
  name: PredictorName;
  role: PredictorRole;
  /** Whether it says the same whatever the question names: one answer, one place in the list. */
  isConstant: boolean;
  /**
   * A guess at every question, each learnt from the other folds; where the predictor has degrees of belief, with its
   * belief in the right answer, 0 to 1.
   */
  guess(folds: Uint8Array): { answers: readonly Guess[]; beliefs: Float64Array | null };
}

/**
 * The predictors that suit a group's questions, besides chance among candidates, which is no guess. For numbers the
 * first is chance: the median; but not for counting, where a constant is the shortcut itself.
 */
export function predictorsOf(group: QuestionGroup): Predictor[] {
  return group.kind === "number" ? numberPredictors(group) : choicePredictors(group);
}

/** Learns from questions with their answers; returns what guesses at others. */
type Fit = (training: readonly AuditQuestion[]) => (question: AuditQuestion) => Guess;

function numberPredictors({ type, questions }: QuestionGroup): Predictor[] {
  const isCounting = questionTypeRow(type).unit === "count";
  // How many chairs rooms have is what the question asks: no common knowledge that a dataset must be granted.
  const prior = isCounting ? "shortcut" : "prior";
  const fitted = (name: PredictorName, role: PredictorRole, fit: Fit, isConstant = false): Predictor => ({
    name,
    role,
    isConstant,
    guess: (folds) => ({ answers: crossPredict(fit, questions, folds), beliefs: null }),
  });
  const names = (place: string) => questions.some(({ places }) => places[place] !== undefined);
  const predictors = isCounting ? [] : [fitted("median", "chance", medianAnswer, true)];
  predictors.push(fitted("best constant", prior, bestConstant, true), fitted("log mean", prior, logMean, true));
  if (names("category")) predictors.push(fitted("category mean", prior, categoryMean));
  if (names("a") && names("b")) predictors.push(fitted("pair mean", prior, pairMean));
  if (names("category") || names("a")) predictors.push(fitted("best by name", prior, bestByName));
  predictors.push({
    name: "ridge regression",
    role: "shortcut",
    isConstant: false,
    guess: (folds) => ({ answers: blindNumbers(questions, folds), beliefs: null }),
  });
  return predictors;
}

function choicePredictors(group: QuestionGroup): Predictor[] {
  const { type, listing, questions, distances } = group;
  const predictors: Predictor[] = [];
  const add = (name: PredictorName, fit: Fit, isConstant = false): void => {
    const guess: Predictor["guess"] = (folds) => ({ answers: crossPredict(fit, questions, folds), beliefs: null });
    predictors.push({ name, role: "shortcut", isConstant, guess });
  };
  const addChoices = (name: PredictorName, choose: (folds: Uint8Array) => BlindChoice[]): void => {
    const guess: Predictor["guess"] = (folds) => {
      const choices = choose(folds);
      return {
        answers: choices.map(({ answer }) => answer),
        beliefs: Float64Array.from(choices, ({ belief }) => belief),
      };
    };
    predictors.push({ name, role: "shortcut", isConstant: false, guess });
  };
  add("majority answer", majorityAnswer, true);
  if (listing !== "answers") add("common position", commonPosition, true);
  const { answer } = questionTypeRow(type);
  if (answer === "object" && questions.some(({ places }) => places[TARGET] !== undefined)) {
    add("pair wins", bestScored(pairWins));
    if (distances !== undefined && distances.size > 1) {
      add("pair distance", bestScored(pairDistance(distances)));
      add("rank by distance", commonRank(pairDistance(distances)));
    }
  }
  if (answer === "order") {
    add("mean places", bestScored(meanPlaces));
    add("rank by places", commonRank(meanPlaces));
    add("precedence", bestScored(precedence));
    add("rank by precedence", commonRank(precedence));
  }
  // Both are asked for two kinds of folds; what can be said of the candidates is the same.
  let rows: ChoiceRows | null = null;
  let features: SparseRows | null = null;
  addChoices("boosted trees", (folds) => {
    rows ??= choiceRows(questions);
    return boostedChoices(questions, rows, folds);
  });
  addChoices("boosted words", (folds) => {
    features ??= choiceFeatures(group);
    return boostedWords(questions, features, folds);
  });
  addChoices("logistic regression", (folds) => {
    features ??= choiceFeatures(group);
    return regressedChoices(questions, features, folds);
  });
  return predictors;
}
