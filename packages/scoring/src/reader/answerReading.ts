/**
 * How an answer was read, or why it was not. The first row are readings, the rest are refusals: their value is null.
 */
export type ReadReason =
  | "number"
  | "converted-unit"
  | "option-letter"
  | "option-text"
  | "words"
  | "empty"
  | "too-long"
  | "several-answers"
  | "several-candidates"
  | "no-candidate"
  | "negated"
  | "wrong-unit"
  | "not-whole"
  | "not-one-value"
  | "not-finite";

/** What was read and why, so that a person can check it. */
export interface ReadAnswer {
  /** A finite number in the question's unit; an option's letter ("B"); the words in lower case; null when refused. */
  value: number | string | null;
  /** The unit as it was written in the answer ("cm"), of a number that had one. */
  unit?: string;
  why: ReadReason;
  /**
   * Everything the text could have meant, in its order, at most MOST_CANDIDATES: numbers as they print, letters, or
   * words.
   */
  candidates: string[];
}

/** Enough to see why an answer was refused. */
export const MOST_CANDIDATES = 8;
