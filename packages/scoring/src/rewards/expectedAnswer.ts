import { pythonFloat } from "../official/pythonFloat.ts";
import type { AnswerOption } from "../reader/parseOptions.ts";
import { plainWords } from "../reader/plainWords.ts";
import type { PreparedQuestion } from "../reader/prepareQuestion.ts";
import { ScoringError } from "../scoringError.ts";

/**
 * The truth in the form that readAnswer gives its values: a finite number, an option's letter, or the words in lower case. With options the truth may be
 * the letter, the text or both. Throws a ScoringError when it is not a finite number or none of the options.
 */
export function expectedAnswer(truth: string | number, { unit, options }: PreparedQuestion): number | string {
  if (unit !== null) {
    const value = typeof truth === "number" ? truth : pythonFloat(truth);
    if (value === null || !Number.isFinite(value)) throw truthError(truth, "a finite number");
    return value;
  }
  if (options.length > 0) return truthLetter(String(truth), options);
  const words = plainWords(String(truth)).join(" ");
  if (words === "") throw truthError(truth, "a word");
  return words;
}

function truthLetter(truth: string, options: readonly AnswerOption[]): string {
  const written = truth.trim();
  const byLetter = options.find(({ letter }) => letter === written);
  if (byLetter !== undefined) return byLetter.letter;
  const said = plainWords(truth).join(" ");
  const option =
    options.find(({ words }) => words.join(" ") === said) ??
    options.find(({ letter, words }) => `${letter.toLowerCase()} ${words.join(" ")}` === said) ??
    options.find(({ letter }) => letter.toLowerCase() === said);
  if (option === undefined) throw truthError(truth, "one of the options or its letter");
  const sharesText = options.some((other) => other !== option && other.words.join(" ") === said);
  if (sharesText) throw truthError(truth, "the right option's letter: two options have this text");
  return option.letter;
}

function truthError(got: string | number, expected: string): ScoringError {
  return new ScoringError("truth-unfit", {
    place: "ground_truth",
    got: typeof got === "number" ? String(got) : JSON.stringify(got),
    expected,
    advice: "Check question_type and options: they decide how the truth is read.",
  });
}
