import { type AnswerUnit, type QuestionType, questionTypeRow } from "@vsi/dataset";
import {
  ANY,
  argumentError,
  checkRecord,
  type OptionKinds,
  optional,
  orNull,
  TEXT,
  TEXTS,
} from "@vsi/dataset/internal";
import { isListQuestion, knownQuestionType, sharedWords } from "../questionType.ts";
import { MOST_CANDIDATES, type ReadAnswer, type ReadReason } from "./answerReading.ts";
import { findAnswerText, withoutLeadIn } from "./answerText.ts";
import { directionAnswers, directionParts, saidParts } from "./directions.ts";
import { isHedged, isNegated } from "./hedges.ts";
import { orderWords, statedObject, withoutOrder, withoutRunnersUp } from "./objects.ts";
import { type AnswerOption, parseOptions, readOption } from "./options.ts";
import { plainWords, stripMarkup } from "./plainText.ts";
import { readNumber } from "./readNumber.ts";
import { abbreviatesOther, isDisguised, showsOther } from "./secondAnswers.ts";

/**
 * 2,000 characters: the longest answers of VSI-Bench's options have about 150; more is not an answer, and bounds the
 * work.
 */
export const LONGEST_ANSWER = 2000;

/**
 * Reads the answer out of a completion, far more forgiving than the official metric: tags, units, number words,
 * fractions, decimal commas, letters with or without their text. An answer that could mean several things is refused.
 * Takes time linear in the text and never throws because of it.
 *
 * @throws ScoringError for an unknown question type or unfit options.
 *
 * @example
 * ```js
 * import { answerAccuracy, readAnswer } from "@vsi/scoring";
 *
 * const { value, why } = readAnswer("about 250 cm", { questionType: "object_abs_distance" });
 * console.log(value, why); // 2.5 converted-unit
 * const truth = { question_type: "object_abs_distance", ground_truth: "2.5" };
 * console.log(answerAccuracy(value, truth, "paper")); // 1
 * ```
 */
export function readAnswer(completion: string, question: AnswerQuestion): ReadAnswer {
  if (typeof completion !== "string") throw argumentError("readAnswer", "completion", completion, TEXT.words);
  checkRecord(question, QUESTION_FIELDS, "readAnswer");
  return readPrepared(completion, prepareQuestion(question));
}

/**
 * As readAnswer, for a question that is prepared; never throws. Before the last statement of a text without tags
 * reasoning may stand, but no answer: neither another statement ("The answer is 4. The answer is 3."), nor a bare one
 * ("4. The answer is 3.").
 */
export function readPrepared(completion: string, question: PreparedQuestion): ReadAnswer {
  const found = findAnswerText(completion);
  if (found.text === null) return refusal("several-answers");
  const answer = readPart(found.text, question);
  if (answer.value === null || found.found === "whole") return answer;
  const isOther = (text: string): boolean => {
    const { value } = readPart(text, question);
    return value !== null && value !== answer.value;
  };
  if (found.earlier.some(isOther)) return refusal("several-answers");
  if (isBare(found.before) && isOther(found.before)) return refusal("several-answers");
  const isOpenAfter = found.after.length <= LONGEST_ANSWER && isHedged(found.after) && found.after.length < SHORT_TAIL;
  return isOpenAfter ? refusal("several-answers") : answer;
}

/** What follows an answer takes it back only when it is no new paragraph: "<answer>3</answer> or 4". */
const SHORT_TAIL = 60;

/** "It is 4 chairs": enough for an answer, too little for reasoning. */
const MOST_BARE_WORDS = 4;

function isBare(text: string): boolean {
  return text.length < SHORT_TAIL && plainWords(text).length <= MOST_BARE_WORDS;
}

/**
 * Reads text that is the answer and nothing else, such as what stands between answer tags: everything in it counts, so
 * that "4. The answer is 3" says two things.
 */
export function readPart(whole: string, { questionType, unit, options }: PreparedQuestion): ReadAnswer {
  if (whole.length > LONGEST_ANSWER) return refusal("too-long");
  const text = stripMarkup(withoutLeadIn(whole));
  if (text === "") return refusal("empty");
  if (unit !== null) return readNumber(text, unit);
  return options.length > 0 ? readOption(text, options, questionType) : readWords(text, questionType);
}

function refusal(why: ReadReason): ReadAnswer {
  return { value: null, why, candidates: [] };
}

/** What the reader must know of the question. */
export interface AnswerQuestion {
  /** One of the question types of @vsi/dataset. */
  questionType: string;
  /** The lettered options ("A. left") or their bare texts; null or left out when the answer is the word itself. */
  options?: readonly string[] | null;
}

const QUESTION_FIELDS: OptionKinds<AnswerQuestion> = { questionType: ANY, options: optional(orNull(TEXTS)) };

/** A question whose options are parsed: a reward needs them for the answer and for the truth. */
export interface PreparedQuestion {
  questionType: QuestionType;
  /** Null for a question answered with words. */
  unit: AnswerUnit | null;
  /** Empty when the answer is the word itself, and for numbers. */
  options: readonly AnswerOption[];
}

/**
 * Checks and parses a question.
 *
 * @throws ScoringError for an unknown question type or unfit options.
 */
export function prepareQuestion({ questionType: named, options }: AnswerQuestion): PreparedQuestion {
  const questionType = knownQuestionType(named);
  const { unit } = questionTypeRow(questionType);
  return { questionType, unit, options: unit === null && options != null ? parseOptions(options) : [] };
}

const SEPARATOR = /[,;/|&\n]|\p{L}\.\s+\p{L}/u;

/** A phrase of the longest category name in ScanNet has five words; an order of four categories up to twenty. */
const MOST_WORDS = 20;

/**
 * Reads an answer that is the word itself, as VSI-100k's questions ask (their options are removed): lower case, one
 * blank between the words, without the article or an introduction ("It is the sink."). For directions and movements
 * only their own words count, in any of several languages. Several, a list where one thing is asked, a hedge, or more
 * than 20 words are refused.
 */
export function readWords(text: string, questionType: QuestionType): ReadAnswer {
  if (isNegated(text)) return { value: null, why: "negated", candidates: [] };
  const shared = sharedWords(questionType);
  if (shared !== null) return readDirection(text, shared);
  const isList = isListQuestion(questionType);
  const named = isList ? withoutOrder(text) : withoutRunnersUp(text);
  const all = plainWords(named);
  const words = isList ? orderWords(statedObject(all)) : statedObject(all);
  if (words.length === 0 || words.length > MOST_WORDS) return refuse([]);
  const said = words.join(" ");
  const isSeveral =
    isHedged(text) ||
    showsOther(text, words, null) ||
    (isList && hasMixedJoints(named.trim())) ||
    (!isList && (SEPARATOR.test(named.trim()) || all.includes("and")));
  return isSeveral ? { value: null, why: "several-candidates", candidates: [said] } : read(said);
}

/** "Stove, lamp/table" leaves the order of the last two open; "stove/lamp/table" is a list. */
function hasMixedJoints(list: string): boolean {
  return /[/|]/.test(list) && /[,;>→\n]/.test(list);
}

function readDirection(text: string, shared: readonly string[]): ReadAnswer {
  const words = plainWords(text);
  const hasQuadrants = shared.some((word) => word.includes("-"));
  const knowsHeight = shared.includes("up");
  const answers = directionAnswers(saidParts(text, words, knowsHeight), hasQuadrants);
  const said = answers.map((answer) => {
    const own = shared.find((word) => isSaid(directionParts(word.split("-"), knowsHeight), answer));
    return own === undefined ? answer.join(" ") : own.replace("-", " ");
  });
  const [only, ...others] = said;
  if (only === undefined || others.length > 0) return refuse(said);
  const isOpen =
    isHedged(text) ||
    words.includes("opposite") ||
    isDisguised(text, words, partsOf(shared)) ||
    abbreviatesOther(words, answers[0] ?? [], () => false);
  return isOpen ? { value: null, why: "several-candidates", candidates: said } : read(only);
}

/** "front-left" offers "front" and "left". */
function partsOf(shared: readonly string[]): string[] {
  return shared.flatMap((word) => word.split("-"));
}

function isSaid(own: readonly string[], answer: readonly string[]): boolean {
  return own.length === answer.length && own.every((part) => answer.includes(part));
}

function read(value: string): ReadAnswer {
  return { value, why: "words", candidates: [value] };
}

function refuse(candidates: string[]): ReadAnswer {
  return {
    value: null,
    why: candidates.length > 1 ? "several-candidates" : "no-candidate",
    candidates: candidates.slice(0, MOST_CANDIDATES),
  };
}
