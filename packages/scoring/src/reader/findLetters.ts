import { plainWords } from "./plainWords.ts";

const SINGLE = /(?<![\p{L}\p{N}\p{M}'’])(\(?)\p{L}(?![\p{L}\p{N}\p{M}]|['’]\p{L})/gu;
const NEXT_WORD = /[ \t]+([\p{L}\p{N}]+)/uy;
const NAMED = /(?:option|choice|answer)[ \t:]{0,3}\(?$/i;
/** Words that follow a letter but never an article. */
const NOT_NOUNS = new Set("or and is because since as but not nor then are would".split(" "));

/**
 * The letters of options that an answer names, in order and as capitals. A capital standing alone counts; a small letter when it is all there is, comes
 * first with a mark ("b.", "b)"), stands in brackets, or follows "option". "A" or "I" before another word is an article or a pronoun and does not count, unless
 * `takeArticles`: directions have no article.
 */
export function findLetters(text: string, letters: ReadonlySet<string>, takeArticles: boolean): string[] {
  const found: string[] = [];
  const isAlone = plainWords(text).length === 1;
  for (const match of text.matchAll(SINGLE)) {
    const written = match[0].slice(match[1]!.length);
    const letter = written.toUpperCase();
    if (!letters.has(letter)) continue;
    const end = match.index + match[0].length;
    const mark = text[end] ?? "";
    const isBracketed = match[1] === "(" && mark === ")";
    const isFirst = text.slice(0, match.index).trim() === "";
    const isMarked = (isFirst && (mark === "." || mark === ")" || mark === ":")) || isBracketed;
    const isNamed = NAMED.test(text.slice(Math.max(0, match.index - 12), match.index));
    if (isMarked || isNamed || isAlone) found.push(letter);
    else if (written === letter && (takeArticles || !isArticle(letter, text, end))) found.push(letter);
  }
  return found;
}

function isArticle(letter: string, text: string, end: number): boolean {
  if (letter !== "A" && letter !== "I") return false;
  NEXT_WORD.lastIndex = end;
  const next = NEXT_WORD.exec(text)?.[1]?.toLowerCase();
  return next !== undefined && !NOT_NOUNS.has(next);
}
