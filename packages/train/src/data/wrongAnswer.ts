import type { Question } from "@vsi/dataset";
import { otherAnswers } from "./otherAnswers.ts";
import { seededNumbers } from "./seededNumbers.ts";
import { wrongNumber } from "./wrongNumber.ts";

const NUMBER = /^\d+(\.\d+)?$/;

/**
 * A plausible wrong answer made from the right one, for DPO: a near number (see wrongNumber), or another of the words
 * that the question offers. The paper (Liao et al., arXiv 2504.00883) says only that it is made from the right one.
 *
 * @returns null when the question offers no other answer.
 */
export function wrongAnswer(
  question: Pick<Question, "id" | "question_type" | "question" | "ground_truth" | "options">,
  seed: number,
): string | null {
  const [side, place] = seededNumbers(seed, `wrong answer\n${question.id}`);
  if (question.options === null && NUMBER.test(question.ground_truth)) {
    return wrongNumber(question.ground_truth, side!, place!);
  }
  const others = otherAnswers(question);
  return others[Math.floor(place! * others.length)] ?? null;
}
