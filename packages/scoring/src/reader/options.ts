import type { QuestionType } from "@vsi/dataset";
import { at } from "@vsi/dataset/internal";
import { ScoringError } from "../errors.ts";
import { sharedWords } from "../questionType.ts";
import { MOST_CANDIDATES, type ReadAnswer } from "./answerReading.ts";
import { plainWords } from "./plainText.ts";

const NOT_ASCII = /[^\0-\x7f]/;

/**
 * Reads which option an answer names, by its letter, its text or both ("B", "(B)", "B. left", "to the left"); the value
 * is the letter. Letter and text must agree. Naming several options is refused, however one of them is preferred. A
 * direction or movement that is no option counts as one more candidate: "front-left" is not "left".
 */
export function readOption(text: string, parsed: readonly AnswerOption[], questionType: QuestionType): ReadAnswer {
  const shared = sharedWords(questionType);
  // A full-width "Ａ" is a letter too, or "Ａ or B" would name B alone.
  const plain = NOT_ASCII.test(text) ? text.normalize("NFKC") : text;
  const words = plainWords(plain);
  const letters = findLetters(plain, parsed, shared !== null);
  const texts = findTexts(words, parsed, shared ?? [], letters);
  const candidates = [...new Set([...letters, ...texts])];
  const refused = (why: "negated" | "no-candidate" | "several-candidates"): ReadAnswer => ({
    value: null,
    why,
    candidates: candidates.slice(0, MOST_CANDIDATES),
  });
  if (isNegated(text)) return refused("negated");
  const [value, ...others] = candidates;
  if (value === undefined) return refused("no-candidate");
  if (others.length > 0 || isHedged(words, parsed)) return refused("several-candidates");
  if (!parsed.some(({ letter }) => letter === value)) return refused("no-candidate");
  return { value, why: letters.length > 0 ? "option-letter" : "option-text", candidates };
}

/** "B or something else" leaves open what it names, unless "or" is a word of the options. */
function isHedged(words: readonly string[], parsed: readonly AnswerOption[]): boolean {
  return words.includes("or") && !parsed.some((option) => option.words.includes("or"));
}

/**
 * The letters of the options whose texts are said, and the shared words said that are none of them. A text that options
 * share stands for all of them, unless one of their letters is said too.
 */
function findTexts(
  words: readonly string[],
  parsed: readonly AnswerOption[],
  shared: readonly (readonly string[])[],
  letters: readonly string[],
): string[] {
  const phrases = [...parsed.map((option) => option.words), ...shared];
  return findPhrases(words, phrases).flatMap((index) => {
    const phrase = at(phrases, index);
    const said = phrase.join(" ");
    const sharing = parsed.filter((option) => option.words.join(" ") === said).map(({ letter }) => letter);
    if (sharing.length === 0) return [phrase.join("-")];
    const named = sharing.filter((letter) => letters.includes(letter));
    return named.length > 0 ? named : sharing;
  });
}

const SINGLE = /(?<![\p{L}\p{N}\p{M}]|\p{L}['’])(\(?)\p{L}(?![\p{L}\p{N}\p{M}]|['’]\p{L})/gu;
const NEXT_WORD = /[ \t]+([\p{L}\p{N}]+)/uy;
const NAMED = /(?:option|choice|answer)[ \t:]{0,3}\(?$/i;

/** Words that follow a letter but never an article. */
const NOT_NOUNS = new Set(
  "or and is because since as but not nor then are would maybe perhaps possibly probably either if unless though also versus vs to".split(
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
  return following.slice(0, ARTICLE_REACH).some((_, start) => {
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
  const lettered = options.flatMap((option) => {
    const [, letter, text] = LETTERED.exec(option) ?? [];
    return letter === undefined || text === undefined ? [] : [{ letter, text }];
  });
  const named =
    lettered.length === options.length
      ? lettered
      : options.map((text, index) => ({ letter: String.fromCharCode(65 + index), text }));
  const parsed = named.map(({ letter, text }) => ({ letter, words: plainWords(text) }));
  const seen = new Set<string>();
  parsed.forEach(({ letter, words }, index) => {
    if (words.length === 0) throw optionError(`options[${index}]`, JSON.stringify(options[index]), "some text");
    if (seen.has(letter)) throw optionError(`options[${index}]`, JSON.stringify(options[index]), "another letter");
    seen.add(letter);
  });
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
    phrases.forEach((phrase, index) => {
      if (phrase.length <= longest || !phrase.every((word, offset) => words[start + offset] === word)) return;
      best = index;
      longest = phrase.length;
    });
    if (best >= 0) found.push(best);
    start += Math.max(1, longest);
  }
  return found;
}

const NEGATION =
  /\b(?:not?|never|neither|nor|cannot|\p{L}+n['’]t|except|excluding|without|(?:anything|everything|all) but|other than|rather than|instead of|opposite of|wrong|incorrect)\b/iu;

/** "Not left" and "anything but left" name what the answer is not; what it is stays unsaid. */
export function isNegated(text: string): boolean {
  return NEGATION.test(text);
}
