import { MOST_CANDIDATES, type ReadAnswer } from "./answerReading.ts";
import { DIRECTION_WORDS, isDirectionQuestion } from "./directionWords.ts";
import { findLetters } from "./findLetters.ts";
import { findPhrases } from "./findPhrases.ts";
import { isNegated } from "./negation.ts";
import type { AnswerOption } from "./parseOptions.ts";
import { plainWords } from "./plainWords.ts";

const NOT_ASCII = /[^\0-\x7f]/;

/**
 * Reads which option an answer names, by its letter, its text or both ("B", "(B)", "B. left", "to the left"); the value is the letter. Letter and
 * text must agree. Naming several options is refused, however one of them is preferred. A direction that is no option counts as
 * one more candidate: "front-left" is not "left".
 */
export function readOption(text: string, parsed: readonly AnswerOption[], questionType: string): ReadAnswer {
  const isDirection = isDirectionQuestion(questionType);
  // A full-width "Ａ" is a letter too, or "Ａ or B" would name B alone.
  const plain = NOT_ASCII.test(text) ? text.normalize("NFKC") : text;
  const words = plainWords(plain);
  const letters = findLetters(plain, parsed, isDirection);
  const texts = findTexts(words, parsed, isDirection, letters);
  const candidates = [...new Set([...letters, ...texts])];
  const refused = (why: "negated" | "no-candidate" | "several-candidates"): ReadAnswer => ({
    value: null,
    why,
    candidates: candidates.slice(0, MOST_CANDIDATES),
  });
  if (isNegated(text)) return refused("negated");
  if (candidates.length === 0) return refused("no-candidate");
  if (candidates.length > 1 || isHedged(words, parsed)) return refused("several-candidates");
  const value = candidates[0]!;
  if (!parsed.some(({ letter }) => letter === value)) return refused("no-candidate");
  return { value, why: letters.length > 0 ? "option-letter" : "option-text", candidates };
}

/** "B or something else" leaves open what it names, unless "or" is a word of the options. */
function isHedged(words: readonly string[], parsed: readonly AnswerOption[]): boolean {
  return words.includes("or") && !parsed.some((option) => option.words.includes("or"));
}

/**
 * The letters of the options whose texts are said, and the directions said that are none of them. A text that options share stands for
 * all of them, unless one of their letters is said too.
 */
function findTexts(
  words: readonly string[],
  parsed: readonly AnswerOption[],
  isDirection: boolean,
  letters: readonly string[],
): string[] {
  const phrases: (readonly string[])[] = parsed.map((option) => option.words);
  if (isDirection) phrases.push(...DIRECTION_WORDS);
  return findPhrases(words, phrases).flatMap((index) => {
    const said = phrases[index]!.join(" ");
    const sharing = parsed.filter((option) => option.words.join(" ") === said).map(({ letter }) => letter);
    if (sharing.length === 0) return [phrases[index]!.join("-")];
    const named = sharing.filter((letter) => letters.includes(letter));
    return named.length > 0 ? named : sharing;
  });
}
