import { numberAccuracy } from "@vsi/scoring";
import type { AuditQuestion } from "../questions/auditQuestion.ts";

/** A guess: a number, or one of the candidates' words. */
export type Guess = number | string;

/** What a guess is worth, in 0 to 1: mean relative accuracy (VSI-Bench, arXiv 2412.14171) for a number, 0 or 1 for words. */
export function scoreAnswer(guess: Guess, question: AuditQuestion): number {
  if (typeof guess === "number") return numberAccuracy(guess, question.value, "mra");
  return guess === question.truth ? 1 : 0;
}
