/** Why reasoning takes no format reward. */
export type ReasoningGuard = "reasoning-empty" | "reasoning-repeated" | "reasoning-padded" | "reasoning-too-long";

/** Where reasoning stops being accepted. */
export interface ReasoningLimits {
  /** Fewest words, and fewest that differ. */
  words: number;
  distinctWords: number;
  /** Smallest share of three-word runs that differ. */
  distinctTriples: number;
  /** The same with all numbers taken for one, asked of texts whose words are numbers in at least the share `patternsFrom`. */
  distinctPatterns: number;
  patternsFrom: number;
  /** Smallest V / sqrt(N) of V different among N words (Guiraud's index, 1954), asked of texts of at least `richnessFrom` words. */
  richness: number;
  richnessFrom: number;
  /** Smallest share of characters that belong to words, and of words that are not only digits. */
  wordCharacters: number;
  letterWords: number;
  /** Longest word, and longest reasoning, in UTF-16 units. */
  longestWord: number;
  characters: number;
}

export const REASONING_LIMITS: ReasoningLimits = {
  // "There are three chairs here." is the shortest reasoning that says anything about a room.
  words: 5,
  distinctWords: 4,
  // A paragraph said twice has half of its runs different.
  distinctTriples: 0.65,
  // "Step 1: look around. Step 2: look around." keeps its runs different by the numbers alone; lists of what real frames show keep 0.6.
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

const NUMBER = /\d+(?:[.,]\d+)*/g;

/**
 * Whether reasoning is more than filling, or why not: the answers to the hacks that Liao et al. (arXiv 2504.00883) met, empty tags and tags repeated for length.
 * It measures words and does not understand them: reasoning that is varied and wrong passes.
 */
export function guardReasoning(text: string, limits: ReasoningLimits = REASONING_LIMITS): ReasoningGuard | null {
  if (text.length > limits.characters) return "reasoning-too-long";
  const measures = measureWords(text);
  if (measures.words < limits.words) return "reasoning-empty";
  const isRepeated = measures.distinctTriples < limits.distinctTriples * measures.triples;
  if (isRepeated || measures.distinctWords < limits.distinctWords) return "reasoning-repeated";
  const isPoor =
    measures.words >= limits.richnessFrom && measures.distinctWords < limits.richness * Math.sqrt(measures.words);
  const isFilled =
    measures.wordCharacters < limits.wordCharacters * measures.characters ||
    measures.letterWords < limits.letterWords * measures.words ||
    measures.longestWord > limits.longestWord;
  if (isPoor || isFilled) return "reasoning-padded";
  const isNumerous = measures.words - measures.letterWords >= limits.patternsFrom * measures.words;
  return isNumerous && isPatterned(text, limits) ? "reasoning-repeated" : null;
}

function isPatterned(text: string, limits: ReasoningLimits): boolean {
  const { distinctTriples, triples } = measureWords(text.replace(NUMBER, "0"));
  return distinctTriples < limits.distinctPatterns * triples;
}

/** What reasoning is made of. A word is a run of letters and digits, or one character of a script that writes without blanks. */
interface WordMeasures {
  words: number;
  /** Words that differ, without regard to case. */
  distinctWords: number;
  /** Words with at least one character that is not an ASCII digit. */
  letterWords: number;
  /** Runs of three words, and how many of them differ. */
  triples: number;
  distinctTriples: number;
  longestWord: number;
  /** UTF-16 units in words, and in all of the text. */
  wordCharacters: number;
  characters: number;
}

const SEPARATOR = 0;
const LETTER = 1;
const IDEOGRAPH = 2;

/** ASCII in lower case, 0 for what separates words: the loop below runs once a character of every rollout. */
const ASCII_WORD = Uint8Array.from({ length: 128 }, (_, code) => {
  const character = String.fromCharCode(code);
  return /[0-9a-z]/i.test(character) ? character.toLowerCase().charCodeAt(0) : 0;
});

/**
 * Memory kept between calls, empty or overwritten at the start of each: a new typed array costs more than measuring a paragraph does. 16,384
 * places hold all but the longest rollouts; those get arrays of their own.
 */
const SCRATCH = 16_384;
const hashScratch = new Int32Array(SCRATCH);
const tableScratch = new Int32Array(SCRATCH);

/** A coarse cut by Unicode block: punctuation and symbols separate; Thai, Lao, Kana and Han stand for a word each; the rest are letters. */
function kindOf(code: number): 0 | 1 | 2 {
  if (code < 0xc0 || (code >= 0x2000 && code <= 0x2bff) || (code >= 0x3000 && code <= 0x303f)) return SEPARATOR;
  if (code >= 0xe000 && code <= 0xf8ff) return SEPARATOR;
  if (code >= 0xfe00) return SEPARATOR;
  return (code >= 0x0e00 && code <= 0x0eff) || (code >= 0x2e80 && code <= 0x9fff) ? IDEOGRAPH : LETTER;
}

/** Measures a text's words; words and triples are told apart by 32-bit hashes, so a few in a million count as one. */
export function measureWords(text: string): WordMeasures {
  // No closure and no object inside the loop: this is most of what a reward costs.
  const hashes = text.length < SCRATCH ? hashScratch : new Int32Array(text.length + 1);
  let words = 0;
  let letterWords = 0;
  let wordCharacters = 0;
  let longestWord = 0;
  let hash = 0;
  let length = 0;
  let hasLetter = false;
  for (let at = 0; at <= text.length; at += 1) {
    const code = at < text.length ? text.charCodeAt(at) : 0;
    const letter = code < 128 ? ASCII_WORD[code]! : code;
    const kind = code < 128 ? (letter === 0 ? SEPARATOR : LETTER) : kindOf(code);
    if (kind !== LETTER && length > 0) {
      hashes[words] = hash;
      words += 1;
      if (hasLetter) letterWords += 1;
      if (length > longestWord) longestWord = length;
      hash = 0;
      length = 0;
      hasLetter = false;
    }
    if (kind === SEPARATOR) continue;
    wordCharacters += 1;
    if (kind === IDEOGRAPH) {
      hashes[words] = mix(code, code);
      words += 1;
      letterWords += 1;
      continue;
    }
    length += 1;
    hash = (Math.imul(hash ^ letter, 0x01000193) + 0x1e3779b9) | 0;
    if (code > 57) hasLetter = true;
  }
  const { distinctWords, distinctTriples } = countDistinct(hashes, words);
  const triples = Math.max(0, words - 2);
  const characters = text.length;
  return { words, distinctWords, letterWords, triples, distinctTriples, longestWord, wordCharacters, characters };
}

function countDistinct(hashes: Int32Array, words: number): { distinctWords: number; distinctTriples: number } {
  // Up to two entries a word; a quarter of the places and more stay free, which keeps searches short.
  const places = 1 << (32 - Math.clz32(2 * words + (words >> 1) + 16));
  const table = places <= SCRATCH ? tableScratch : new Int32Array(places);
  for (let place = 0; place < places; place += 1) table[place] = 0;
  const mask = places - 1;
  let distinctWords = 0;
  let distinctTriples = 0;
  for (let at = 0; at < words; at += 1) {
    if (addTo(table, mask, hashes[at]!)) distinctWords += 1;
    if (at >= 2 && addTo(table, mask, mix(mix(hashes[at - 2]!, hashes[at - 1]!), hashes[at]!))) distinctTriples += 1;
  }
  return { distinctWords, distinctTriples };
}

function mix(left: number, right: number): number {
  const mixed = (Math.imul(left ^ (left >>> 15), 0x85ebca6b) + right) | 0;
  return Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
}

/**
 * Puts a number into a set of 32-bit numbers in one flat array of a power of two of places; true when it was not there yet. 0 marks a free place and is
 * stored as 1.
 */
function addTo(table: Int32Array, mask: number, value: number): boolean {
  const entry = value === 0 ? 1 : value;
  let place = (entry ^ (entry >>> 16)) & mask;
  while (table[place] !== 0) {
    if (table[place] === entry) return false;
    place = (place + 1) & mask;
  }
  table[place] = entry;
  return true;
}
