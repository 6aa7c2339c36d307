import { ScoringError } from "../scoringError.ts";
import { plainWords } from "./plainWords.ts";

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
 * The options as letters and words; bare texts get the letters A, B, ... in order. Two may say the same: only a letter names one of them.
 * Throws a ScoringError for more than 26 options, two with the same letter, or one without words.
 */
export function parseOptions(options: readonly string[]): AnswerOption[] {
  if (options.length > MOST_OPTIONS) throw optionError("options", `${options.length} options`, "at most 26");
  const matches = options.map((option) => LETTERED.exec(option));
  const areLettered = matches.every((match) => match !== null);
  const parsed = options.map((option, index) => ({
    letter: areLettered ? matches[index]![1]! : String.fromCharCode(65 + index),
    words: plainWords(areLettered ? matches[index]![2]! : option),
  }));
  const seen = new Set<string>();
  parsed.forEach(({ letter, words }, index) => {
    if (words.length === 0) throw optionError(`options[${index}]`, JSON.stringify(options[index]), "a text");
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
    advice: 'Give the options as VSI-Bench does: "A. left".',
  });
}
