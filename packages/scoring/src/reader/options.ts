import { type QuestionType, questionTypeRow } from "@vsi/dataset";
import { at } from "@vsi/dataset/internal";
import { ScoringError } from "../errors.ts";
import { isListQuestion, sharedWords } from "../questionType.ts";
import { MOST_CANDIDATES, type ReadAnswer } from "./answerReading.ts";
import { directionAnswers, directionParts, saidParts, turnParts } from "./directions.ts";
import { isHedged, isNegated } from "./hedges.ts";
import { orderWords, withoutRunnersUp } from "./objects.ts";
import { plainWords } from "./plainText.ts";
import { abbreviatesOther, isDisguised, showsOther } from "./secondAnswers.ts";

const NOT_ASCII = /[^\0-\x7f]/;

/**
 * Reads which option an answer names, by its letter, its text or both ("B", "(B)", "B. left", "to the left"); the value
 * is the letter. Letter and text must agree. Naming several options is refused, however one of them is preferred, and
 * so is what leaves the choice open (hedges.ts). A direction or movement that is no option counts as one more candidate:
 * "front-left" is not "left".
 */
export function readOption(text: string, parsed: readonly AnswerOption[], questionType: QuestionType): ReadAnswer {
  const bare = bareLetter(text, parsed);
  if (bare !== null) return { value: bare, why: "option-letter", candidates: [bare] };
  const shared = sharedWords(questionType);
  // A full-width "Ａ" is a letter too, or "Ａ or B" would name B alone.
  const plain = NOT_ASCII.test(text) ? text.normalize("NFKC") : text;
  const named = isListQuestion(questionType) || shared !== null ? plain : withoutRunnersUp(plain);
  const letters = findLetters(named, parsed, shared !== null);
  const words = plainWords(named);
  const texts =
    shared === null
      ? findTexts(isListQuestion(questionType) ? orderWords(words) : words, parsed, letters, questionType)
      : findDirections(named, words, parsed, shared, letters);
  const candidates: string[] = [];
  for (const candidate of [...letters, ...texts]) if (!candidates.includes(candidate)) candidates.push(candidate);
  const refused = (why: "negated" | "no-candidate" | "several-candidates"): ReadAnswer => ({
    value: null,
    why,
    candidates: candidates.slice(0, MOST_CANDIDATES),
  });
  if (isNegated(text)) return refused("negated");
  const [value] = candidates;
  if (value === undefined) return refused("no-candidate");
  const offered = wordsOf(parsed);
  if (candidates.length > 1 || isHedged(plain, offered) || namesBoth(words, offered))
    return refused("several-candidates");
  const chosen = parsed.find(({ letter }) => letter === value);
  if (chosen === undefined) return refused("no-candidate");
  if (isDisguised(plain, named === plain ? words : plainWords(plain), offered)) return refused("several-candidates");
  const isOther =
    shared === null
      ? showsOther(named, chosen.words, offered)
      : abbreviatesOther(words, directionParts(chosen.words, shared.includes("up")), (letter) => {
          return parsed.some((option) => option.letter === letter);
        });
  if (isOther) return refused("several-candidates");
  return { value, why: letters.length > 0 ? "option-letter" : "option-text", candidates };
}

/** No further than H: "O" and "U" say "or" in some language. */
const BARE_LETTER = /^\s?\(?([A-H])\)?\.?\s?$/;

/**
 * The letter of an option when the answer is nothing else, as most are; null otherwise. The rest of readOption would read
 * the same, in 15 times the time: no noun follows that makes an "A" an article, none of these letters hedges, negates or
 * says a direction, and a disguise has three letters at least. Only an option whose text holds this letter as a word
 * could be named besides: of "1 c" in a list, "c" is what counts.
 */
function bareLetter(text: string, parsed: readonly AnswerOption[]): string | null {
  const letter = BARE_LETTER.exec(text)?.[1];
  if (letter === undefined || !parsed.some((option) => option.letter === letter)) return null;
  const small = letter.toLowerCase();
  return parsed.some(({ words }) => words.includes(small)) ? null : letter;
}

/** All words of the options. Not a set: building one costs more than searching these few. */
function wordsOf(options: readonly AnswerOption[]): string[] {
  const all: string[] = [];
  for (const { words } of options) for (const word of words) all.push(word);
  return all;
}

/** "Both B", "B both": of several choices one is right. */
function namesBoth(words: readonly string[], offered: readonly string[]): boolean {
  return words.includes("both") && !offered.includes("both");
}

/**
 * The letters of the options whose texts are said. A text that options share stands for all of them, unless one of their
 * letters is said too.
 */
function findTexts(
  words: readonly string[],
  parsed: readonly AnswerOption[],
  letters: readonly string[],
  questionType: QuestionType,
): string[] {
  const isList = isListQuestion(questionType);
  if (questionTypeRow(questionType).answer === "turns" && letters.length === 0) return findTurns(words, parsed);
  const phrases = parsed.map((option) => (isList ? orderWords(option.words) : option.words));
  const found: string[] = [];
  for (const index of findPhrases(words, phrases)) {
    const said = at(phrases, index);
    const sharing = parsed.filter((_, other) => isEqual(at(phrases, other), said)).map(({ letter }) => letter);
    found.push(...preferLettered(sharing, letters));
  }
  return found;
}

function isEqual(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((word, index) => word === other[index]);
}

/** The letters of the options with the turns that are said: not one fewer, and none after the last. */
function findTurns(words: readonly string[], parsed: readonly AnswerOption[]): string[] {
  const said = turnParts(words).join(" ");
  return parsed.filter((option) => turnParts(option.words).join(" ") === said).map(({ letter }) => letter);
}

/** As findTexts for directions: by the parts that are said, those of no option too. */
function findDirections(
  text: string,
  words: readonly string[],
  parsed: readonly AnswerOption[],
  shared: readonly string[],
  letters: readonly string[],
): string[] {
  const knowsHeight = shared.includes("up");
  const ofOptions = parsed.map((option) => directionParts(option.words, knowsHeight));
  const hasQuadrants = ofOptions.some((parts) => parts.length > 1);
  const found: string[] = [];
  for (const answer of directionAnswers(saidParts(text, words, knowsHeight), hasQuadrants)) {
    const sharing = parsed.filter((_, index) => isSame(at(ofOptions, index), answer)).map(({ letter }) => letter);
    if (sharing.length === 0) found.push(answer.join("-"));
    else found.push(...preferLettered(sharing, letters));
  }
  return found;
}

function isSame(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((part) => other.includes(part));
}

function preferLettered(sharing: readonly string[], letters: readonly string[]): readonly string[] {
  const named = sharing.filter((letter) => letters.includes(letter));
  return named.length > 0 ? named : sharing;
}

/**
 * A letter that stands alone. Letters of scripts that write without blanks may touch it: "选B", "Bです".
 */
const TOUCHING =
  "(?![\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Hangul}\\p{Script=Thai}])[\\p{L}\\p{N}\\p{M}]";
const SINGLE = new RegExp(`(?<!${TOUCHING}|\\p{L}['’])(\\(?)\\p{L}(?!${TOUCHING}|['’]\\p{L})`, "gu");
const NEXT_WORD = /[ \t]+([\p{L}\p{N}]+)/uy;
const NAMED = /(?:option|choice|answer)[ \t:]{0,3}\(?$/i;

/** Words that follow a letter but never an article. */
const NOT_NOUNS = new Set(
  "or and is because since as but not nor then are would maybe perhaps possibly probably either if unless though also versus vs to hmm hm uh um er wait actually answer final so then otherwise".split(
    " ",
  ),
);

/** How many words an article may stand before its noun: "a small wooden table". */
const ARTICLE_REACH = 3;

/** Longer than three words of any object's name, and a bound on the work for each letter. */
const ARTICLE_REACH_CHARACTERS = 100;

/**
 * The letters of options that an answer names, in order and as capitals. Every letter standing alone counts, but "a"
 * and "i" may be words: a small one is when a word follows that no option letter has after it, a capital one when an
 * option's text follows within three words. A letter with a mark ("a.", "a)"), in brackets, after "option" or alone
 * always counts; so does a capital with `takeArticles`: directions and movements have no article.
 */
export function findLetters(text: string, options: readonly AnswerOption[], takeArticles: boolean): string[] {
  const found: string[] = [];
  SINGLE.lastIndex = 0;
  // Not matchAll, which makes a new expression for every text.
  for (let match = SINGLE.exec(text); match !== null; match = SINGLE.exec(text)) {
    const [whole, bracket = ""] = match;
    const written = whole.slice(bracket.length);
    const letter = written.toUpperCase();
    if (!options.some((option) => option.letter === letter)) continue;
    const end = match.index + whole.length;
    if ((letter !== "A" && letter !== "I") || isMarked(text, match.index, end)) found.push(letter);
    else if (written === letter ? takeArticles || !precedesOption(text, end, options) : !precedesNoun(text, end)) {
      found.push(letter);
    }
  }
  return found;
}

function isMarked(text: string, start: number, end: number): boolean {
  const mark = text[end];
  return mark === "." || mark === ")" || mark === ":" || NAMED.test(text.slice(Math.max(0, start - 12), start));
}

/** What follows is a word that an article stands before, and no single letter. */
function precedesNoun(text: string, end: number): boolean {
  NEXT_WORD.lastIndex = end;
  const next = NEXT_WORD.exec(text)?.[1]?.toLowerCase();
  return next !== undefined && next.length > 1 && !NOT_NOUNS.has(next);
}

function precedesOption(text: string, end: number, options: readonly AnswerOption[]): boolean {
  if (!precedesNoun(text, end)) return false;
  const following = plainWords(text.slice(end, end + ARTICLE_REACH_CHARACTERS));
  const phrases = options.map(({ words }) => words);
  // "A small B" has no noun for its "A".
  const other = following.findIndex((word) => word.length === 1 || NOT_NOUNS.has(word));
  return following.slice(0, other < 0 ? ARTICLE_REACH : Math.min(other, ARTICLE_REACH)).some((_, start) => {
    return phrases.some((phrase) => phrase.every((word, offset) => following[start + offset] === word));
  });
}

/** One choice of a question. */
export interface AnswerOption {
  letter: string;
  /** The words of its text in lower case. */
  words: string[];
}

const LETTERED = /^\s{0,8}\(?([A-Z])\s?[.):]\s{0,8}(\S.*)$/s;
// The alphabet: letters are all there is to name an option with.
const MOST_OPTIONS = 26;

/**
 * The options as letters and words; bare texts get the letters A, B, ... in order. Two may say the same: only a letter
 * names one of them.
 *
 * @throws ScoringError for more than 26 options, two with the same letter, or one without words.
 */
export function parseOptions(options: readonly string[]): AnswerOption[] {
  if (options.length > MOST_OPTIONS) throw optionError("options", `${options.length} options`, "at most 26");
  const parsed =
    letteredOptions(options) ??
    options.map((text, index) => ({ letter: String.fromCharCode(65 + index), words: plainWords(text) }));
  for (const [index, { letter, words }] of parsed.entries()) {
    if (words.length === 0) throw optionError(`options[${index}]`, JSON.stringify(options[index]), "some text");
    const isTaken = parsed.findIndex((option) => option.letter === letter) < index;
    if (isTaken) throw optionError(`options[${index}]`, JSON.stringify(options[index]), "another letter");
  }
  return parsed;
}

/** Null unless all options have letters. */
function letteredOptions(options: readonly string[]): AnswerOption[] | null {
  const parsed: AnswerOption[] = [];
  for (const option of options) {
    const [, letter, text] = LETTERED.exec(option) ?? [];
    if (letter === undefined || text === undefined) return null;
    parsed.push({ letter, words: plainWords(text) });
  }
  return parsed;
}

function optionError(place: string, got: string, expected: string): ScoringError {
  return new ScoringError("options-unfit", {
    place,
    got,
    expected,
    advice: 'Write the options as VSI-Bench does: "A. left".',
  });
}

/**
 * Which of the phrases a text says, in order, by index: at each word the longest phrase that starts there, and none
 * that overlaps it, so that "coffee table" is not also "table".
 */
export function findPhrases(words: readonly string[], phrases: readonly (readonly string[])[]): number[] {
  const found: number[] = [];
  for (let start = 0; start < words.length; ) {
    let best = -1;
    let longest = 0;
    for (let index = 0; index < phrases.length; index += 1) {
      const phrase = at(phrases, index);
      if (phrase.length <= longest || !phrase.every((word, offset) => words[start + offset] === word)) continue;
      best = index;
      longest = phrase.length;
    }
    if (best >= 0) found.push(best);
    start += Math.max(1, longest);
  }
  return found;
}
