import type { AnswerOption } from "./parseOptions.ts";
import { plainWords } from "./plainWords.ts";

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
 * The letters of options that an answer names, in order and as capitals. Every letter standing alone counts, but "a" and "i" may be words: a small one
 * is when a word follows that no option letter has after it, a capital one when an option's text follows within three words. A letter with a
 * mark ("a.", "a)"), in brackets, after "option" or alone always counts; so does a capital with `takeArticles`: directions have no article.
 */
export function findLetters(text: string, options: readonly AnswerOption[], takeArticles: boolean): string[] {
  const found: string[] = [];
  SINGLE.lastIndex = 0;
  // Not matchAll, which makes a new expression for every text.
  for (let match = SINGLE.exec(text); match !== null; match = SINGLE.exec(text)) {
    const written = match[0].slice(match[1]!.length);
    const letter = written.toUpperCase();
    if (!options.some((option) => option.letter === letter)) continue;
    const end = match.index + match[0].length;
    if ((letter !== "A" && letter !== "I") || isMarked(text, match.index, end)) found.push(letter);
    else if (written === letter ? takeArticles || !precedesOption(text, end, options) : !precedesNoun(text, end))
      found.push(letter);
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
  return following.slice(0, ARTICLE_REACH).some((_, at) => {
    return phrases.some((phrase) => phrase.every((word, offset) => following[at + offset] === word));
  });
}
