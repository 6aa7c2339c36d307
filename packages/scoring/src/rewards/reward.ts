import type { ReadAnswer, ReadReason } from "../reader/answerReading.ts";
import { LONGEST_ANSWER, prepareQuestion, readPrepared } from "../reader/readAnswer.ts";
import { type AccuracyReward, type AnswerTruth, accuracyOf, expectedAnswer } from "./accuracy.ts";
import { checkFormat, type FormatGuard } from "./format.ts";
import { guardReasoning, type ReasoningGuard } from "./reasoning.ts";

/** How a model was asked to answer (Liao et al., arXiv 2504.00883): the answer alone, or after reasoning in tags. */
export type RewardMode = "vanilla" | "think" | "observe";

/** One completion with its question. The names are those of the JSON lines that vsi-reward reads. */
export interface RewardRequest extends AnswerTruth {
  completion: string;
  mode: RewardMode;
  /** Default: REWARD_DEFAULTS.accuracy. */
  accuracy?: AccuracyReward;
}

export const REWARD_DEFAULTS: { accuracy: AccuracyReward } = { accuracy: "paper" };

/** What a completion is worth. */
export interface Reward {
  /** format + accuracy: 0 to 2, in vanilla mode 0 to 1. Always finite. */
  total: number;
  /**
   * 1 when the format is right and the reasoning is non-trivial, else 0; null in vanilla mode, where the paper leaves
   * it out.
   */
  format: 0 | 1 | null;
  /** 0 to 1. */
  accuracy: number;
  /** Why a part was not rewarded, the format first; empty when the answer was read and the format is right. */
  guards: (FormatGuard | ReasoningGuard | ReadReason)[];
  /** What was read as the answer. */
  value: number | string | null;
  /** How it was read, or why not. */
  why: ReadReason;
}

/**
 * The reward of one completion, made to be hard to cheat: format as `checkFormat` and `guardReasoning` decide, accuracy
 * for the answer that `readAnswer` reads. In think and observe mode accuracy is paid only for one single answer pair
 * with nothing after it. Never throws for any completion.
 *
 * @throws ScoringError for an unfit question or truth.
 *
 * @example
 * ```js
 * import { reward } from "@vsi/scoring";
 *
 * const question = { question_type: "object_abs_distance", ground_truth: "2.5" };
 * const completion = "<think>The sofa is two steps from the lamp, a bit over two meters.</think><answer>2.5</answer>";
 * console.log(reward({ ...question, completion, mode: "think" }).total); // 2
 * ```
 */
export function reward(request: RewardRequest): Reward {
  const { completion, mode } = request;
  // The question comes first, so that an unfit one never passes as a bad answer.
  const question = prepareQuestion({ questionType: request.question_type, options: request.options ?? null });
  const expected = expectedAnswer(request.ground_truth, question);
  const checked = mode === "vanilla" ? null : checkFormat(completion, mode);
  const text = checked === null ? vanillaAnswer(completion) : checked.answer;
  const read = text === null ? refusal(completion) : readPrepared(text, question);
  const accuracy = accuracyOf(read.value, expected, request.accuracy ?? REWARD_DEFAULTS.accuracy);
  const guards: Reward["guards"] = [];
  const reasoning = checked === null || checked.guard !== null ? null : guardReasoning(checked.reasoning);
  if (checked?.guard != null) guards.push(checked.guard);
  if (reasoning !== null) guards.push(reasoning);
  const format = checked === null ? null : guards.length === 0 ? 1 : 0;
  if (read.value === null) guards.push(read.why);
  return { total: (format ?? 0) + accuracy, format, accuracy, guards, value: read.value, why: read.why };
}

/** Vanilla mode asks for a short answer: what is longer than any answer is not searched for one. */
function vanillaAnswer(completion: string): string | null {
  return completion.length > LONGEST_ANSWER ? null : completion;
}

function refusal(completion: string): ReadAnswer {
  return { value: null, why: completion.length > LONGEST_ANSWER ? "too-long" : "no-candidate", candidates: [] };
}
