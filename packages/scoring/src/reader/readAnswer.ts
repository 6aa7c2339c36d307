import { type AnswerUnit, type QuestionType, questionTypeRow } from "@vsi/dataset";
import { at, checkOptionNames, type OptionNames } from "@vsi/dataset/internal";
import { isListQuestion, knownQuestionType, sharedWords } from "../questionType.ts";
import { MOST_CANDIDATES, type ReadAnswer, type ReadReason } from "./answerReading.ts";
import { findAnswerText } from "./answerText.ts";
import { type AnswerOption, findPhrases, isNegated, parseOptions, readOption } from "./options.ts";
import { plainWords, stripMarkup } from "./plainText.ts";
import { readNumber } from "./readNumber.ts";

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
  checkOptionNames(question, QUESTION_FIELDS, "readAnswer");
  return readPrepared(completion, prepareQuestion(question));
}

/** As readAnswer, for a question that is prepared; never throws. */
export function readPrepared(completion: string, { questionType, unit, options }: PreparedQuestion): ReadAnswer {
  const found = findAnswerText(completion);
  if (found.text === null) return refusal("several-answers");
  if (found.text.length > LONGEST_ANSWER) return refusal("too-long");
  const text = stripMarkup(found.text);
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

const QUESTION_FIELDS: OptionNames<AnswerQuestion> = { questionType: true, options: true };

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
const ARTICLES = new Set(["a", "an", "the"]);
const VERBS = new Set(["is", "was", "it's", "it’s"]);
const SUPERLATIVES = new Set(["closest", "nearest", "closer", "nearer"]);

/** A phrase of the longest category name in ScanNet has five words; an order of four categories up to twenty. */
const MOST_WORDS = 20;

/**
 * Reads an answer that is the word itself, as VSI-100k's questions ask (their options are removed): lower case, one
 * blank between the words, without the article or an introduction ("It is the sink."). For directions and
 * movements only their own words count. Several, a list where one thing is asked, or more than 20 words are refused.
 */
export function readWords(text: string, questionType: QuestionType): ReadAnswer {
  const all = plainWords(text);
  if (isNegated(text)) return { value: null, why: "negated", candidates: [] };
  const shared = sharedWords(questionType);
  if (shared !== null) {
    const found = new Set(findPhrases(all, shared).map((index) => at(shared, index).join(" ")));
    const [only, ...others] = found;
    return only !== undefined && others.length === 0 ? read(only) : refuse([...found]);
  }
  const words = statedWords(all);
  const isList =
    all.includes("or") || (!isListQuestion(questionType) && (SEPARATOR.test(text.trim()) || words.includes("and")));
  if (words.length === 0 || words.length > MOST_WORDS) return refuse([]);
  const said = words.join(" ");
  return isList ? { value: null, why: "several-candidates", candidates: [said] } : read(said);
}

/**
 * What follows the last verb ("It is the sink"), or what stands before it when only the question's own words follow
 * ("the sink is the closest").
 */
function statedWords(all: readonly string[]): readonly string[] {
  const verb = all.findLastIndex((word) => VERBS.has(word));
  const after = withoutArticle(all.slice(verb + 1));
  return verb > 0 && SUPERLATIVES.has(after[0] ?? "") ? withoutArticle(all.slice(0, verb)) : after;
}

function withoutArticle(words: readonly string[]): readonly string[] {
  const start = words.findIndex((word) => !ARTICLES.has(word));
  return start < 0 ? [] : words.slice(start);
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
