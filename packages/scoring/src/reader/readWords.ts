import { MOST_CANDIDATES, type ReadAnswer } from "./answerReading.ts";
import { DIRECTION_WORDS, isDirectionQuestion } from "./directionWords.ts";
import { findPhrases } from "./findPhrases.ts";
import { isNegated } from "./negation.ts";
import { plainWords } from "./plainWords.ts";

const LISTED = new Set(["obj_appearance_order", "route_planning"]);
const SEPARATOR = /[,;/|&\n]|\p{L}\.\s+\p{L}/u;
const ARTICLES = new Set(["a", "an", "the"]);
const VERBS = new Set(["is", "was", "it's", "it’s"]);
const SUPERLATIVES = new Set(["closest", "nearest", "closer", "nearer"]);
/** A phrase of the longest category name in ScanNet has five words; an order of four categories up to twenty. */
const MOST_WORDS = 20;

/**
 * Reads an answer that is the word itself, as VSI-100k's questions ask (their options are removed): lower case, one blank between the words, without
 * the article or an introduction ("It is the sink."). For directions only the direction counts. Several, a list where one thing is asked,
 * or more than 20 words are refused.
 */
export function readWords(text: string, questionType: string): ReadAnswer {
  const all = plainWords(text);
  if (isNegated(text)) return { value: null, why: "negated", candidates: [] };
  if (isDirectionQuestion(questionType)) {
    const found = [...new Set(findPhrases(all, DIRECTION_WORDS).map((index) => DIRECTION_WORDS[index]!.join(" ")))];
    return found.length === 1 ? read(found[0]!) : refuse(found);
  }
  const words = statedWords(all);
  const isList =
    all.includes("or") || (!LISTED.has(questionType) && (SEPARATOR.test(text.trim()) || words.includes("and")));
  if (words.length === 0 || words.length > MOST_WORDS) return refuse([]);
  const said = words.join(" ");
  return isList ? { value: null, why: "several-candidates", candidates: [said] } : read(said);
}

/** What follows the last verb ("It is the sink"), or what stands before it when only the question's own words follow ("the sink is the closest"). */
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
