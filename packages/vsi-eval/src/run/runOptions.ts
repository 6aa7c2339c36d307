import { flagKinds, typedName } from "@vsi/command/internal/program";
import { defaultsOf, type RecordValues, UsageError, type Values } from "@vsi/command/program";
import {
  checkArguments,
  checkOptions,
  fields,
  type OptionKinds,
  oneOf,
  optionError,
  orNull,
  PATH,
  TEXT,
  TEXTS,
} from "@vsi/dataset/internal";
import evaluation from "@vsi/question-templates/prompts/evaluation.json" with { type: "json" };
import revsi from "@vsi/question-templates/prompts/revsi.json" with { type: "json" };
import training from "@vsi/question-templates/prompts/training.json" with { type: "json" };
import { ANSWER_MODES, PROMPT_SETS, RUN } from "../commands/flags.ts";
import type { EvalQuestion } from "../evalQuestion.ts";
import type { FramesShown } from "./shownFrames.ts";

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

/** What each option of a run must be: what its flag takes. */
const RUN_OPTIONS: OptionKinds<RunOptions> = pickKinds();

function pickKinds(): OptionKinds<RunOptions> {
  const { dryRun: _, quiet: __, json: ___, logLevel: ____, config: _____, ...kinds } = flagKinds(RUN.flags);
  const { framesDir: framesFolder, apiKeyEnv: ______, ...options } = kinds;
  return { ...options, framesFolder, out: PATH };
}

/**
 * Checks a library call's options, and completes them with the flags' defaults.
 *
 * @throws OptionsError naming the option, what it got, and what it takes.
 */
export function completeRunOptions(given: Partial<RunOptions>): RunOptions {
  checkOptions(given ?? null, RUN_OPTIONS, "runModel");
  const named = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  for (const name of ["model", "baseUrl", "data", "out"] as const) {
    if (named[name] === undefined) throw optionError("runModel", name, undefined, RUN_OPTIONS[name].words);
  }
  const options = { ...DEFAULT_RUN_OPTIONS, ...named } as RunOptions;
  const [first, second] = OTHER_FRAME_OPTIONS.filter((name) => options[name]);
  if (second !== undefined)
    throw optionError("runModel", second, true, `false with ${first}: each is a run of its own`);
  return options;
}

/**
 * What a run shows in place of a question's own frames.
 *
 * @throws UsageError for more than one of the three.
 */
export function framesShown(
  options: Pick<RunOptions, "withoutFrames" | "shuffledFrames" | "framesOfOtherRooms">,
): FramesShown {
  const named = OTHER_FRAME_OPTIONS.filter((name) => options[name]);
  if (named.length > 1) {
    const typed = named.map((name) => `--${typedName(name)}`).join(" and ");
    throw new UsageError(`${typed}: each is a run of its own, give only one. vsi-eval looks makes all three.`);
  }
  return named[0] === undefined ? null : SHOWN_BY_OPTION[named[0]];
}

const OTHER_FRAME_OPTIONS = ["withoutFrames", "shuffledFrames", "framesOfOtherRooms"] as const;

const SHOWN_BY_OPTION = {
  withoutFrames: "without",
  shuffledFrames: "shuffled",
  framesOfOtherRooms: "other-rooms",
} as const;

/** One of ANSWER_MODES. */
export type AnswerMode = (typeof ANSWER_MODES)[number];

/** One of PROMPT_SETS. */
export type PromptSet = (typeof PROMPT_SETS)[number];

const ASKED = fields({ question: TEXT, options: orNull(TEXTS) });

const MODE = oneOf(ANSWER_MODES);

const PROMPTS = oneOf(PROMPT_SETS);

/**
 * The text that follows the frames: the opening, the question, its lettered options if it has some, and what the mode
 * asks for, a line each (VSI-Bench's own layout, arXiv 2412.14171). The sentences are those of
 * question-templates/prompts; the training set has one for both kinds of question.
 *
 * @example
 * ```js
 * import { promptText } from "vsi-eval";
 *
 * const asked = { question: "How many chair(s) are in this room?", options: null };
 * console.log(promptText(asked, "vanilla", "evaluation").split("\n").at(-1));
 * ```
 */
export function promptText(
  asked: Pick<EvalQuestion, "question" | "options">,
  mode: AnswerMode,
  prompts: PromptSet,
): string {
  checkArguments("promptText", { asked: [asked, ASKED], mode: [mode, MODE], prompts: [prompts, PROMPTS] });
  const { question, options } = asked;
  const { opening, options_heading } = prompts === "training" ? training : wordsOf(prompts);
  const choices = options === null ? [] : [options_heading, ...options];
  const instruction =
    prompts === "training" ? training[mode] : wordsOf(prompts)[options === null ? "open" : "choice"][mode];
  return [opening, question, ...choices, instruction].join("\n");
}

function wordsOf(prompts: "evaluation" | "revsi"): typeof evaluation {
  return prompts === "revsi" ? revsi : evaluation;
}
