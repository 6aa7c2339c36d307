import type { Question } from "@vsi/dataset";
import { promptText } from "./promptText.ts";
import type { DpoRow } from "./trainingRow.ts";
import { wrongAnswer } from "./wrongAnswer.ts";

/**
 * The row of a question for DPO: the right answer before a plausible wrong one. Vanilla mode only, as in the paper: with
 * reasoning in both, the pair would differ in whether the answer follows from the text, not in what is seen.
 *
 * @param images absolute paths of its frames.
 * @param seed decides what wrong answer is made.
 * @returns null when the question offers no other answer.
 */
export function dpoRow(question: Question, images: readonly string[], seed: number): DpoRow | null {
  const wrong = wrongAnswer(question, seed);
  if (wrong === null) return null;
  return {
    id: question.id,
    prompt: [{ role: "user", content: promptText(question, "vanilla") }],
    chosen: [{ role: "assistant", content: question.ground_truth }],
    rejected: [{ role: "assistant", content: wrong }],
    images: [...images],
  };
}
