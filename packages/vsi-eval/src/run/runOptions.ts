import { defaultsOf, type RecordValues, type Values } from "@vsi/command/program";
import type { OptionNames } from "@vsi/dataset/internal";
import evaluation from "@vsi/question-templates/prompts/evaluation.json" with { type: "json" };
import revsi from "@vsi/question-templates/prompts/revsi.json" with { type: "json" };
import training from "@vsi/question-templates/prompts/training.json" with { type: "json" };
import { type ANSWER_MODES, type PROMPT_SETS, RUN } from "../commands/flags.ts";
import type { EvalQuestion } from "../evalQuestion.ts";

/** What decides the answers of a run; two runs with the same settings can be compared. */
export interface AnswerSettings extends RecordValues<typeof RUN.flags> {}

/** What is typed beside them, without what is completed or only printed. */
type RunFlags = Omit<
  Values<typeof RUN>,
  keyof AnswerSettings | "out" | "framesDir" | "apiKeyEnv" | "dryRun" | "quiet" | "json" | "logLevel" | "config"
>;

/** A run's settings, and how it goes about it: none of these changes an answer. */
export interface RunOptions extends AnswerSettings, RunFlags {
  /** Where frames are looked for first; null: in the dataset folder only. */
  framesFolder: string | null;
  /** The folder for answers, settings and predictions. */
  out: string;
}

const { model, baseUrl, data, out, framesDir, apiKeyEnv, dryRun, quiet, json, logLevel, config, ...flagDefaults } =
  defaultsOf(RUN.flags);

/** The defaults of `vsi-eval run`; the flags without a default are the caller's to give. */
export const DEFAULT_RUN_OPTIONS: Omit<RunOptions, "model" | "baseUrl" | "data" | "out"> = {
  ...flagDefaults,
  framesFolder: framesDir,
};

/** Every option of a run, by name. */
export const RUN_OPTIONS: OptionNames<RunOptions> = {
  ...(Object.fromEntries(Object.keys(DEFAULT_RUN_OPTIONS).map((name) => [name, true])) as OptionNames<
    typeof DEFAULT_RUN_OPTIONS
  >),
  model: true,
  baseUrl: true,
  data: true,
  out: true,
};

/** One of ANSWER_MODES. */
export type AnswerMode = (typeof ANSWER_MODES)[number];

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
  const { opening, options_heading } = prompts === "training" ? training : asked(prompts);
  const choices = options === null ? [] : [options_heading, ...options];
  const instruction =
    prompts === "training" ? training[mode] : asked(prompts)[options === null ? "open" : "choice"][mode];
  return [opening, question, ...choices, instruction].join("\n");
}

function asked(prompts: "evaluation" | "revsi"): typeof evaluation {
  return prompts === "revsi" ? revsi : evaluation;
}
