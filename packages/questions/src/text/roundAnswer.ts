/**
 * Doubles carry 15 to 17 digits; at 12 the noise of a sum or product (2.675 * 100 = 267.49999999999994) is gone and
 * every real measurement is left.
 */
const SIGNIFICANT_DIGITS = 12;

/**
 * A number as the answer's text, with exactly `decimals` digits behind the point ("6.0"). Halves are rounded up, away
 * from zero, on the decimal value as people write it: 0.25 gives "0.3" and 2.675 gives "2.68", where `toFixed` and
 * Python's `round` give what the binary fraction happens to be. VSI-Bench names no rule for halves.
 *
 * @param value not negative.
 */
export function roundAnswer(value: number, decimals: number): string {
  const scale = 10 ** decimals;
  return (Math.round(Number((value * scale).toPrecision(SIGNIFICANT_DIGITS))) / scale).toFixed(decimals);
}
