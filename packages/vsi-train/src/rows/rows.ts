import { DatasetError, isQuestionType, type Question } from "@vsi/dataset";
import { checkArguments, fields, INTEGER, oneOf, orNull, RECORD, TEXT, TEXTS } from "@vsi/dataset/internal";
import { JsonlWriter } from "@vsi/dataset/node";
import prompts from "@vsi/question-templates/prompts/training.json" with { type: "json" };
import { traceOf } from "@vsi/questions";
import {
  answerAccuracy,
  REWARD_NAMES,
  REWARDS,
  type RewardMode,
  type RewardName,
  type RewardWeights,
  ScoringError,
} from "@vsi/scoring";
import type { Method } from "../settings/runSettings.ts";
import type { TrainingQuestion } from "./trainingSet.ts";
import { wrongAnswer } from "./wrongAnswers.ts";

/** What a question's row depends on. */
export interface RowSettings {
  method: Method;
  mode: RewardMode;
  /** What GRPO pays. */
  reward: RewardName;
  /** Weights of its parts that are not its own; null for none. */
  weights: Partial<RewardWeights> | null;
  /** Decides DPO's wrong answers. */
  seed: number;
}

/** What became of questions. */
export interface MadeRows {
  /** In the questions' order. */
  rows: TrainingRow[];
  /** How many rows there are, by question type. */
  counts: Record<string, number>;
  /** How many questions the method has no use for, by question type. */
  skipped: Record<string, number>;
}

/**
 * The row of each question that the method can use; the others are counted. SFT with reasoning leaves out what no
 * evidence measures, DPO what offers no wrong answer.
 *
 * @throws DatasetError "question-without-reward" with file and line for a question whose truth no answer can be held
 * against: the line is broken.
 */
export function makeRows(questions: readonly TrainingQuestion[], settings: RowSettings): MadeRows {
  const made: MadeRows = { rows: [], counts: {}, skipped: {} };
  for (const entry of questions) {
    const row = makeRow(entry, settings);
    const type = entry.question.question_type;
    const tally = row === null ? made.skipped : made.counts;
    tally[type] = (tally[type] ?? 0) + 1;
    if (row !== null) made.rows.push(row);
  }
  return made;
}

function makeRow(entry: TrainingQuestion, { method, mode, reward, weights, seed }: RowSettings): TrainingRow | null {
  const { question, images } = entry;
  if (method === "sft") return sftRow(question, images, mode);
  if (method === "dpo") return dpoRow(question, images, seed);
  checkReward(entry, reward);
  return grpoRow(question, images, { mode, reward, weights });
}

/** Why a method skips questions. */
const SKIP_REASONS: Readonly<Record<Exclude<Method, "grpo">, string>> = {
  sft: "their evidence measures nothing to reason from (--mode vanilla takes them)",
  dpo: "they offer no wrong answer",
};

/** A sentence on what was skipped and why; null when nothing was. */
export function describeSkipped(skipped: MadeRows["skipped"], method: Method): string | null {
  const types = Object.entries(skipped).map(([type, count]) => `${type} ${count}`);
  if (method === "grpo" || types.length === 0) return null;
  return `Skipped: ${types.join(", ")}; ${SKIP_REASONS[method]}.`;
}

/** Scores an empty answer: a truth that can't be rewarded is found here, not in the middle of a run. */
function checkReward(entry: TrainingQuestion, reward: RewardName): void {
  try {
    answerAccuracy(null, entry.question, REWARDS[reward].accuracy);
  } catch (error) {
    if (!(error instanceof ScoringError)) throw error;
    const { got, expected } = error.detail;
    const place = `line ${entry.line}, ${entry.question.question_type}`;
    const advice = "Correct the line, or leave this type out by --types.";
    throw new DatasetError("question-without-reward", { file: entry.file, place, got, expected, advice });
  }
}

/** One turn of a conversation, in the form of every chat template. The images stand apart: TRL puts their places in. */
export interface Message {
  role: "user" | "assistant";
  content: string;
}

/** What all rows share. */
interface PromptRow {
  /** The question's id. */
  id: string;
  prompt: [Message];
  /** Absolute paths of the frames, in the order they are shown. */
  images: string[];
}

/** A question to be answered by rollouts: the fields after `images` are what the reward worker is asked with. */
export interface GrpoRow extends PromptRow {
  ground_truth: string;
  question_type: string;
  options: string[] | null;
  mode: RewardMode;
  reward: RewardName;
  /** Only where other weights than the reward's own were asked for. */
  weights?: Partial<RewardWeights>;
}

/** A question with the answer to learn. */
export interface SftRow extends PromptRow {
  completion: [Message];
}

/** A question with an answer to prefer and one to avoid. */
export interface DpoRow extends PromptRow {
  chosen: [Message];
  rejected: [Message];
}

/** One line of the rows that the Python worker reads. */
export type TrainingRow = GrpoRow | SftRow | DpoRow;

const QUESTION = fields({
  id: TEXT,
  question_type: { words: "a question type", fits: isQuestionType },
  question: TEXT,
  ground_truth: TEXT,
  options: orNull(TEXTS),
});

const MODE = oneOf(["vanilla", "think", "observe"]);

const SETTINGS = fields({ mode: MODE, reward: oneOf(REWARD_NAMES), weights: orNull(RECORD) });

/**
 * The row of a question for GRPO. @param images absolute paths of its frames.
 *
 * @example
 * ```js
 * import { readFile } from "node:fs/promises";
 * import { grpoRow } from "vsi-train";
 *
 * const [first] = (await readFile("vsi-100k/data/train.jsonl", "utf8")).split("\n");
 * const row = grpoRow(JSON.parse(first), ["frames/0.jpg"], { mode: "think", reward: "paper", weights: null });
 * console.log(Object.keys(row).join(", ")); // id, prompt, images, ground_truth, question_type, options, mode, reward
 * ```
 */
export function grpoRow(
  question: Question,
  images: readonly string[],
  settings: Pick<RowSettings, "mode" | "reward" | "weights">,
): GrpoRow {
  checkArguments("grpoRow", {
    question: [question, QUESTION],
    images: [images, TEXTS],
    settings: [settings, SETTINGS],
  });
  return {
    id: question.id,
    prompt: [{ role: "user", content: promptText(question, settings.mode) }],
    images: [...images],
    ground_truth: question.ground_truth,
    question_type: question.question_type,
    options: question.options,
    mode: settings.mode,
    reward: settings.reward,
    ...(settings.weights === null ? {} : { weights: settings.weights }),
  };
}

/**
 * The row of a question for SFT: the right answer in the mode's form. In think and observe mode the tags hold one
 * sentence of what the question's evidence measures: the dataset holds no reasoning, and empty tags would teach the
 * hack that the paper warns of (arXiv 2504.00883: empty reasoning takes the format reward). The sentence is true and
 * leads to the answer, but it is not human reasoning: it teaches the form, as a start for GRPO.
 *
 * @param images absolute paths of its frames.
 * @returns null where a mode wants reasoning and the evidence has none to give.
 *
 * @example
 * ```js
 * import { readFile } from "node:fs/promises";
 * import { sftRow } from "vsi-train";
 *
 * const [first] = (await readFile("vsi-100k/data/train.jsonl", "utf8")).split("\n");
 * const row = sftRow(JSON.parse(first), ["frames/0.jpg"], "vanilla");
 * console.log(Object.keys(row).join(", ")); // id, prompt, completion, images
 * ```
 */
export function sftRow(question: Question, images: readonly string[], mode: RewardMode): SftRow | null {
  checkArguments("sftRow", { question: [question, QUESTION], images: [images, TEXTS], mode: [mode, MODE] });
  const answer = completionText(question, mode);
  if (answer === null) return null;
  return {
    id: question.id,
    prompt: [{ role: "user", content: promptText(question, mode) }],
    completion: [{ role: "assistant", content: answer }],
    images: [...images],
  };
}

function completionText(question: Question, mode: RewardMode): string | null {
  if (mode === "vanilla") return question.ground_truth;
  const reasoning = traceOf(question);
  return reasoning === null ? null : `<${mode}>${reasoning}</${mode}><answer>${question.ground_truth}</answer>`;
}

/**
 * The row of a question for DPO: the right answer before a plausible wrong one. Vanilla mode only, as in the paper:
 * with reasoning in both, the pair would differ in whether the answer follows from the text, not in what is seen.
 *
 * @param images absolute paths of its frames.
 * @param seed decides what wrong answer is made.
 * @returns null when the question offers no other answer.
 *
 * @example
 * ```js
 * import { readFile } from "node:fs/promises";
 * import { dpoRow } from "vsi-train";
 *
 * const [first] = (await readFile("vsi-100k/data/train.jsonl", "utf8")).split("\n");
 * const row = dpoRow(JSON.parse(first), ["frames/0.jpg"], 0);
 * console.log(Object.keys(row).join(", ")); // id, prompt, chosen, rejected, images
 * ```
 */
export function dpoRow(question: Question, images: readonly string[], seed: number): DpoRow | null {
  checkArguments("dpoRow", { question: [question, QUESTION], images: [images, TEXTS], seed: [seed, INTEGER] });
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

/**
 * The text that goes with the frames: the opening, the question, its options if any, and the mode's sentence for
 * training (Liao et al., arXiv 2504.00883), one line each.
 */
export function promptText(question: Pick<Question, "question" | "options">, mode: RewardMode): string {
  const options = question.options === null ? [] : [prompts.options_heading, ...question.options];
  return [prompts.opening, question.question, ...options, prompts[mode]].join("\n");
}

/**
 * Writes all records to a JSONL file, which appears under its name when it is complete.
 *
 * @throws DatasetError when it can't be written; what stood there before then stays.
 */
export async function writeJsonl(path: string, records: Iterable<object>): Promise<void> {
  const writer = await JsonlWriter.open<object>(path);
  try {
    for (const record of records) await writer.write(record);
  } catch (error) {
    await writer.abort();
    throw error;
  }
  await writer.close();
}
