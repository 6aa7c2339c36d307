import type { ReadAnswer } from "./answerReading.ts";
import { DIRECTION_WORDS, isDirectionQuestion } from "./directionWords.ts";
import { findLetters } from "./findLetters.ts";
import { findPhrases } from "./findPhrases.ts";
import { isNegated } from "./negation.ts";
import { type AnswerOption, parseOptions } from "./parseOptions.ts";
import { plainWords } from "./plainWords.ts";

/**
 * Reads which option an answer names, by its letter, its text or both ("B", "(B)", "B. left", "to the left"); the value is the letter. Letter and
 * text must agree. Naming several options is refused, however one of them is preferred. A direction that is no option counts as
 * one more candidate: "front-left" is not "left".
 */
export function readOption(text: string, options: readonly string[], questionType: string): ReadAnswer {
  const parsed = parseOptions(options);
  const isDirection = isDirectionQuestion(questionType);
  const letters = findLetters(text, new Set(parsed.map(({ letter }) => letter)), isDirection);
  const texts = findTexts(text, parsed, isDirection);
  const candidates = [...new Set([...letters, ...texts])];
  const refused = (why: "negated" | "no-candidate" | "several-candidates"): ReadAnswer => ({
    value: null,
    why,
    candidates,
  });
  if (isNegated(text)) return refused("negated");
  if (candidates.length === 0) return refused("no-candidate");
  if (candidates.length > 1) return refused("several-candidates");
  const value = candidates[0]!;
  if (!parsed.some(({ letter }) => letter === value)) return refused("no-candidate");
  return { value, why: letters.length > 0 ? "option-letter" : "option-text", candidates };
}

/** The letters of the options whose texts are said, and the directions said that are none of them. */
function findTexts(text: string, parsed: readonly AnswerOption[], isDirection: boolean): string[] {
  const phrases = parsed.map(({ words }) => words);
  if (isDirection) phrases.push(...DIRECTION_WORDS.map((words) => [...words]));
  return findPhrases(plainWords(text), phrases).map((index) => parsed[index]?.letter ?? phrases[index]!.join("-"));
}
