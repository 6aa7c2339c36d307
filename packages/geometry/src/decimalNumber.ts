const DECIMAL_NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;

/** The number that a word of a text file writes in decimal digits; NaN where it is none. */
export function decimalNumber(word: string): number {
  return DECIMAL_NUMBER.test(word) ? Number(word) : Number.NaN;
}
