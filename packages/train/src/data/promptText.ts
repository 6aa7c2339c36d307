import type { Question } from "@vsi/dataset";
import prompts from "@vsi/question-templates/prompts/training.json" with { type: "json" };
import type { RewardMode } from "@vsi/scoring";

/**
 * What a model is told beside the frames: the opening, the question, its options where it has any, and the sentence of
 * the mode at training (Liao et al., arXiv 2504.00883), a line each.
 */
export function promptText(question: Pick<Question, "question" | "options">, mode: RewardMode): string {
  const options = question.options === null ? [] : [prompts.options_heading, ...question.options];
  return [prompts.opening, question.question, ...options, prompts[mode]].join("\n");
}
