const DECIMAL_DIGIT = /^\p{Nd}$/u;

/**
 * The value of a decimal digit of any script ("٣" is 3), or -1 for every other code point. Unicode keeps each script's ten
 * digits together and in order from zero (The Unicode Standard, section 4.6), so the place in the run is the value.
 */
export function decimalDigit(codePoint: number): number {
  if (codePoint < 128) return codePoint >= 48 && codePoint <= 57 ? codePoint - 48 : -1;
  let first = codePoint;
  while (DECIMAL_DIGIT.test(String.fromCodePoint(first))) first -= 1;
  return first === codePoint ? -1 : (codePoint - first - 1) % 10;
}
