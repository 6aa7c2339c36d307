import {
  checkArguments,
  fields,
  isRecord,
  type Kind,
  oneOf,
  optional,
  orNull,
  RECORD,
  TEXT,
  TEXTS,
} from "@vsi/dataset/internal";
import { ScoringError } from "../errors.ts";
import type { ReadAnswer, ReadReason } from "../reader/answerReading.ts";
import {
  LONGEST_ANSWER,
  type PreparedQuestion,
  prepareQuestion,
  readPart,
  readPrepared,
} from "../reader/readAnswer.ts";
import { type AccuracyReward, type AnswerTruth, accuracyOf, expectedAnswer, TRUTH_VALUE } from "./accuracy.ts";
import { type CheckedFormat, checkFormat, type FormatGuard } from "./format.ts";
import { plainReward } from "./plain.ts";
import { guardReasoning, type ReasoningGuard } from "./reasoning.ts";
import {
  DEFAULT_REWARD,
  isRewardName,
  lengthReward,
  REWARD_NAMES,
  REWARDS,
  type RewardDefinition,
  type RewardName,
  type RewardWeights,
} from "./rewards.ts";
import { measureWords } from "./wordMeasures.ts";

/** How a model was asked to answer (Liao et al., arXiv 2504.00883): the answer alone, or after reasoning in tags. */
export type RewardMode = "vanilla" | "think" | "observe";

/** One completion with its question. The names are those of the JSON lines that vsi-reward reads. */
export interface RewardRequest extends AnswerTruth {
  completion: string;
  mode: RewardMode;
  /** Default: DEFAULT_REWARD. */
  reward?: RewardName;
  /** The weights of parts that are not to be the reward's own. */
  weights?: Partial<RewardWeights> | null;
  /** The older name of `reward`, which takes precedence. */
  accuracy?: AccuracyReward;
}

const REQUEST: Kind = fields({
  completion: TEXT,
  mode: oneOf(["vanilla", "think", "observe"]),
  reward: optional(TEXT),
  accuracy: optional(TEXT),
  weights: optional(orNull(RECORD)),
  ground_truth: TRUTH_VALUE,
  options: optional(orNull(TEXTS)),
});

/** What a completion is worth. */
export interface Reward {
  /**
   * The parts by their weights: format + accuracy unless other weights are given, 0 to 2, in vanilla mode 0 to 1.
   * Always finite.
   */
  total: number;
  /**
   * 1 when the format is right and the reasoning is non-trivial, else 0; null in vanilla mode, where the paper leaves
   * it out.
   */
  format: 0 | 1 | null;
  /** 0 to 1. */
  accuracy: number;
  /** Only of a reward with a part for it, 0 to 1: words of reasoning by LENGTH_WORDS, 0 where the format is 0. */
  length?: number;
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
 * with nothing after it. Of the rewards in REWARDS, "paper-plain" alone has none of these guards. Never throws for any
 * completion.
 *
 * @throws ScoringError for an unfit question or truth, an unknown reward, or weights that are no numbers from 0.
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
  if (!isUsual(request)) checkArguments("reward", { request: [request, REQUEST] });
  const { completion, mode } = request;
  // The question comes first, so that an unfit one never passes as a bad answer.
  const question = prepareQuestion({ questionType: request.question_type, options: request.options ?? null });
  const expected = expectedAnswer(request.ground_truth, question);
  const definition = definitionOf(request.reward ?? request.accuracy ?? DEFAULT_REWARD);
  const weights = request.weights == null ? definition.weights : weightsOf(definition, request.weights);
  if (!definition.isGuarded) {
    const parts = plainReward(completion, mode, request.ground_truth, expected, definition.accuracy);
    const guards: Reward["guards"] = parts.format === 0 ? ["tags-wrong"] : [];
    if (parts.value === null) guards.push(parts.why);
    return { total: totalOf(parts, weights), ...parts, guards };
  }
  const checked = mode === "vanilla" ? null : checkFormat(completion, mode);
  const read = readOf(completion, checked, question);
  const accuracy = accuracyOf(read.value, expected, definition.accuracy);
  const guards: Reward["guards"] = [];
  const reasoning = checked === null || checked.guard !== null ? null : guardReasoning(checked.reasoning);
  if (checked?.guard != null) guards.push(checked.guard);
  if (reasoning !== null) guards.push(reasoning);
  const format = checked === null ? null : guards.length === 0 ? 1 : 0;
  if (read.value === null) guards.push(read.why);
  const { value, why } = read;
  if (!definition.hasLength) {
    return { total: totalOf({ format, accuracy }, weights), format, accuracy, guards, value, why };
  }
  const length = lengthOf(checked, format);
  return { total: totalOf({ format, accuracy, length }, weights), format, accuracy, length, guards, value, why };
}

/**
 * True only for requests that REQUEST fits, as nearly all do; false leaves the decision to REQUEST, whose loops over the
 * fields would take an eighth of a reward's time.
 */
function isUsual(request: RewardRequest): boolean {
  if (!isRecord(request)) return false;
  const { completion, mode, ground_truth, reward, accuracy, weights, options } = request as RewardRequest;
  const isTruth = typeof ground_truth === "string" || typeof ground_truth === "number";
  const isMode = mode === "think" || mode === "observe" || mode === "vanilla";
  if (typeof completion !== "string" || !isMode || !isTruth) return false;
  return (
    (reward === undefined || typeof reward === "string") &&
    (accuracy === undefined || typeof accuracy === "string") &&
    weights == null &&
    (options == null || TEXTS.fits(options))
  );
}

function definitionOf(name: string): RewardDefinition {
  if (isRewardName(name)) return REWARDS[name];
  throw requestError("reward", JSON.stringify(name), `one of ${REWARD_NAMES.join(", ")}`);
}

function weightsOf(definition: RewardDefinition, weights: Partial<RewardWeights>): RewardWeights {
  for (const [part, weight] of Object.entries(weights)) {
    if (!(part in EQUAL_WEIGHTS)) throw requestError("weights", JSON.stringify(part), "format, accuracy or length");
    if (!(Number.isFinite(weight) && weight >= 0))
      throw requestError(`weights.${part}`, String(weight), "a number from 0");
  }
  return { ...definition.weights, ...weights };
}

const EQUAL_WEIGHTS: RewardWeights = REWARDS.paper.weights;

function requestError(place: string, got: string, expected: string): ScoringError {
  return new ScoringError("request-unfit", { place, got, expected, advice: "See vsi-reward --help for the fields." });
}

function totalOf(parts: Pick<Reward, "format" | "accuracy" | "length">, weights: RewardWeights): number {
  return (
    weights.format * (parts.format ?? 0) + weights.accuracy * parts.accuracy + weights.length * (parts.length ?? 0)
  );
}

function lengthOf(checked: CheckedFormat | null, format: 0 | 1 | null): number {
  return checked === null || format !== 1 ? 0 : lengthReward(measureWords(checked.reasoning).words);
}

function readOf(completion: string, checked: CheckedFormat | null, question: PreparedQuestion): ReadAnswer {
  if (checked !== null) return checked.answer === null ? refusal(completion) : readPart(checked.answer, question);
  const text = vanillaAnswer(completion);
  return text === null ? refusal(completion) : readPrepared(text, question);
}

/** Vanilla mode asks for a short answer: what is longer than any answer is not searched for one. */
function vanillaAnswer(completion: string): string | null {
  return completion.length > LONGEST_ANSWER ? null : completion;
}

function refusal(completion: string): ReadAnswer {
  return { value: null, why: completion.length > LONGEST_ANSWER ? "too-long" : "no-candidate", candidates: [] };
}
