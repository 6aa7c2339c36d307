import type { AuditQuestion } from "../questions/auditQuestion.ts";
import { FOLDS } from "../questions/roomFolds.ts";
import type { Guess } from "../scores/scoreAnswer.ts";

/** A way to guess: learns from questions with their answers, then guesses at others from their text alone. */
export type Fit = (training: readonly AuditQuestion[]) => (question: AuditQuestion) => Guess;

/** A guess at every question by what was learnt from the rooms of the other folds. */
export function crossPredict(fit: Fit, questions: readonly AuditQuestion[], folds: Uint8Array): Guess[] {
  const guesses = new Array<Guess>(questions.length);
  for (let fold = 0; fold < FOLDS; fold++) {
    const guess = fit(questions.filter((_, index) => folds[index] !== fold));
    for (const [index, question] of questions.entries()) {
      if (folds[index] === fold) guesses[index] = guess(question);
    }
  }
  return guesses;
}
