import { argumentError, checkRecord, NUMBER, TEXT } from "@vsi/dataset/internal";
import { asciiBytes } from "./asciiBytes.ts";
import { guardLanguage, type LanguageGuard } from "./language.ts";
import { measureWords } from "./wordMeasures.ts";

/** Why reasoning takes no format reward. */
export type ReasoningGuard = LanguageGuard | "reasoning-repeated" | "reasoning-padded" | "reasoning-too-long";

/** Where reasoning stops being accepted. */
export interface ReasoningLimits {
  /** Fewest words, and fewest that differ. */
  words: number;
  distinctWords: number;
  /** Smallest share of three-word runs that differ. */
  distinctTriples: number;
  /**
   * The same with all numbers taken for one, asked of texts whose words are numbers in at least the share
   * `patternsFrom`.
   */
  distinctPatterns: number;
  patternsFrom: number;
  /**
   * Smallest V / sqrt(N) of V different among N words (Guiraud's index, 1954), asked of texts of at least
   * `richnessFrom` words.
   */
  richness: number;
  richnessFrom: number;
  /** Smallest share of characters that belong to words, and of words that are not only digits. */
  wordCharacters: number;
  letterWords: number;
  /** Longest word, and longest reasoning, in UTF-16 units. */
  longestWord: number;
  characters: number;
}

/** What guardReasoning goes by unless told otherwise; each limit's reason stands beside it. */
export const REASONING_LIMITS: ReasoningLimits = {
  // "There are three chairs." is the shortest reasoning that says anything about a room.
  words: 4,
  distinctWords: 4,
  // A paragraph said twice has half of its runs different.
  distinctTriples: 0.65,
  // "Step 1: look around. Step 2: look around." keeps its runs different by the numbers alone; lists of what real
  // frames show keep 0.6.
  distinctPatterns: 0.4,
  // A sentence of five words and more with one number falls under distinctTriples already.
  patternsFrom: 0.15,
  // A few words shuffled for ever keep their runs different but not their words.
  richness: 2.5,
  richnessFrom: 40,
  // English prose has about 0.8; sums and lists with punctuation about 0.6.
  wordCharacters: 0.45,
  letterWords: 0.4,
  // The longest words of German prose have about 45 letters.
  longestWord: 60,
  // Four times what 2,048 tokens of English come to, the usual longest completion of GRPO.
  characters: 32_768,
};

const LIMIT_KINDS = Object.fromEntries(Object.keys(REASONING_LIMITS).map((name) => [name, NUMBER]));

/** Fillers, joiners, tags and selectors: characters that are letters or marks to Unicode and nothing to the eye. */
const UNSEEN = /\p{Default_Ignorable_Code_Point}/gu;
const NUMERALS = /\d+(?:[.,]\d+)*/g;

/**
 * Whether reasoning is more than filling, or why not: the answers to the hacks that Liao et al. (arXiv 2504.00883) met,
 * empty tags and tags repeated for length. It measures words and knows which are language (language.ts); it does not
 * understand them: reasoning that is varied and wrong passes.
 *
 * @example
 * ```js
 * import { guardReasoning } from "@vsi/scoring";
 *
 * console.log(guardReasoning("I see I see I see I see I see I see")); // reasoning-repeated
 * ```
 */
export function guardReasoning(text: string, limits: ReasoningLimits = REASONING_LIMITS): ReasoningGuard | null {
  if (limits !== REASONING_LIMITS) checkRecord(limits, LIMIT_KINDS, "guardReasoning");
  if (typeof text !== "string") throw argumentError("guardReasoning", "text", text, TEXT.words);
  if (text.length > limits.characters) return "reasoning-too-long";
  const bytes = asciiBytes(text);
  const seen = bytes === null ? text.replace(UNSEEN, "") : text;
  const measures = measureWords(seen, bytes);
  if (measures.words < limits.words) return "reasoning-empty";
  const isRepeated = measures.distinctTriples < limits.distinctTriples * measures.triples;
  if (isRepeated || measures.distinctWords < limits.distinctWords) return "reasoning-repeated";
  const isPoor =
    measures.words >= limits.richnessFrom && measures.distinctWords < limits.richness * Math.sqrt(measures.words);
  const isFilled =
    measures.wordCharacters < limits.wordCharacters * text.length ||
    measures.letterWords < limits.letterWords * measures.words ||
    measures.longestWord > limits.longestWord;
  if (isPoor || isFilled) return "reasoning-padded";
  const isNumerous = measures.words - measures.letterWords >= limits.patternsFrom * measures.words;
  if (isNumerous && isPatterned(seen, limits)) return "reasoning-repeated";
  return guardLanguage(seen);
}

function isPatterned(text: string, limits: ReasoningLimits): boolean {
  const { distinctTriples, triples } = measureWords(text.replace(NUMERALS, "0"));
  return distinctTriples < limits.distinctPatterns * triples;
}
