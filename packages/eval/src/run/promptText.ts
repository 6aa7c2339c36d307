import evaluation from "@vsi/question-templates/prompts/evaluation.json" with { type: "json" };
import training from "@vsi/question-templates/prompts/training.json" with { type: "json" };
import type { EvalQuestion } from "../benchmark/evalQuestion.ts";

/** How a model is asked to answer: at once, after thinking, or after describing what it sees (arXiv 2504.00883). */
export const ANSWER_MODES = ["vanilla", "think", "observe"] as const;
/** One of ANSWER_MODES. */
export type AnswerMode = (typeof ANSWER_MODES)[number];

/** Whose wording asks for the answer: the paper's at evaluation, or the one its training used. */
export const PROMPT_SETS = ["evaluation", "training"] as const;
/** One of PROMPT_SETS. */
export type PromptSet = (typeof PROMPT_SETS)[number];

/**
 * The text that follows the frames: the opening, the question, its lettered options if it has some, and what the mode
 * asks for, a line each (VSI-Bench's own layout, arXiv 2412.14171). The sentences are those of
 * question-templates/prompts; the training set has one for both kinds of question.
 */
export function promptText(
  { question, options }: Pick<EvalQuestion, "question" | "options">,
  mode: AnswerMode,
  prompts: PromptSet,
): string {
  const { opening, options_heading } = prompts === "evaluation" ? evaluation : training;
  const choices = options === null ? [] : [options_heading, ...options];
  const instruction = prompts === "training" ? training[mode] : evaluation[options === null ? "open" : "choice"][mode];
  return [opening, question, ...choices, instruction].join("\n");
}
