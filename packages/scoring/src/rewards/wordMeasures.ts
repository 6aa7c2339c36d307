import { asciiBytes } from "./asciiBytes.ts";

/**
 * What reasoning is made of. A word is a run of letters and digits, or one character of a script that writes without
 * blanks.
 */
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
 * Memory kept between calls, empty or overwritten at the start of each: a new typed array costs more than measuring a
 * paragraph does. 16,384 places hold all but the longest rollouts; those get arrays of their own.
 */
const SCRATCH = 16_384;
const hashScratch = new Int32Array(SCRATCH);
const tableScratch = new Int32Array(SCRATCH);

/**
 * Measures a text's words; words and triples are told apart by 32-bit hashes, so a few in a million count as one.
 *
 * @param bytes the text's asciiBytes.
 */
export function measureWords(text: string, bytes: Uint8Array | null = asciiBytes(text)): WordMeasures {
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
    const code = bytes !== null ? bytes[at] : at < text.length ? text.charCodeAt(at) : 0;
    const letter = code < 128 ? ASCII_WORD[code] : 0;
    // First what nearly every character is.
    if (letter !== 0) {
      hash = (Math.imul(hash ^ letter, 0x01000193) + 0x1e3779b9) | 0;
      length += 1;
      wordCharacters += 1;
      if (code > 57) hasLetter = true;
      continue;
    }
    // "1.2" is one word: coordinates and sums are no padding.
    if ((code === 46 || code === 44) && length > 0 && !hasLetter && isDigit(text.charCodeAt(at + 1))) {
      hash = (Math.imul(hash ^ code, 0x01000193) + 0x1e3779b9) | 0;
      length += 1;
      wordCharacters += 1;
      continue;
    }
    const kind = code < 128 ? SEPARATOR : kindOf(code);
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
    hash = (Math.imul(hash ^ code, 0x01000193) + 0x1e3779b9) | 0;
    hasLetter = true;
  }
  const { distinctWords, distinctTriples } = countDistinct(hashes, words);
  const triples = Math.max(0, words - 2);
  const characters = text.length;
  return { words, distinctWords, letterWords, triples, distinctTriples, longestWord, wordCharacters, characters };
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

/**
 * A coarse split by Unicode block: punctuation and symbols separate; each Thai, Lao, Kana or Han character counts as a
 * word; the rest are letters.
 */
function kindOf(code: number): 0 | 1 | 2 {
  if (code < 0xc0 || (code >= 0x2000 && code <= 0x2bff) || (code >= 0x3000 && code <= 0x303f)) return SEPARATOR;
  if (code >= 0xe000 && code <= 0xf8ff) return SEPARATOR;
  if (code >= 0xfe00) return SEPARATOR;
  return (code >= 0x0e00 && code <= 0x0eff) || (code >= 0x2e80 && code <= 0x9fff) ? IDEOGRAPH : LETTER;
}

function countDistinct(hashes: Int32Array, words: number): { distinctWords: number; distinctTriples: number } {
  // Up to two entries a word; a quarter of the places and more stay free, which keeps searches short.
  const places = 1 << (32 - Math.clz32(2 * words + (words >> 1) + 16));
  const table = places <= SCRATCH ? tableScratch : new Int32Array(places);
  table.fill(0, 0, places);
  const mask = places - 1;
  let distinctWords = 0;
  let distinctTriples = 0;
  for (let at = 0; at < words; at += 1) {
    if (addTo(table, mask, hashes[at])) distinctWords += 1;
    if (at >= 2 && addTo(table, mask, mix(mix(hashes[at - 2], hashes[at - 1]), hashes[at]))) distinctTriples += 1;
  }
  return { distinctWords, distinctTriples };
}

function mix(left: number, right: number): number {
  const mixed = (Math.imul(left ^ (left >>> 15), 0x85ebca6b) + right) | 0;
  return Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
}

/**
 * Puts a number into a set of 32-bit numbers in one flat array of a power of two of places; true when it was not there
 * yet. 0 marks a free place and is stored as 1.
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
