/** Terms of the series are added until they no longer change the sum; 10,000 are never reached below the cut-off. */
const MOST_TERMS = 10_000;

/** Terms with a smaller logarithm are below what a double holds. */
const SMALLEST_LOGARITHM = -700;

/**
 * The probability of a chi-square statistic at least as large by luck alone (Pearson's test; the regularised upper incomplete
 * gamma function by its series, Abramowitz and Stegun 6.5.29). Exact to about 1e-14. Questions are taken for independent.
 *
 * @param statistic the sum of (count - expected)^2 / expected.
 * @param degrees one less than the number of values.
 */
export function chiSquareProbability(statistic: number, degrees: number): number {
  if (degrees < 1 || statistic <= 0) return 1;
  const shape = degrees / 2;
  const half = statistic / 2;
  const logarithm = shape * Math.log(half) - half - logGamma(shape + 1);
  // The series' terms grow from here only while half is larger: so far out, what is left above is nothing.
  if (logarithm < SMALLEST_LOGARITHM) return half > shape ? 0 : 1;
  let term = Math.exp(logarithm);
  let sum = 0;
  for (let step = 1; step < MOST_TERMS && term > 0; step++) {
    sum += term;
    term *= half / (shape + step);
    if (term < sum * Number.EPSILON) break;
  }
  return Math.max(0, Math.min(1, 1 - sum));
}

/** The logarithm of gamma at a multiple of one half, by gamma(x + 1) = x gamma(x) from gamma(1) and gamma(1/2). */
function logGamma(value: number): number {
  let below = Number.isInteger(value) ? 1 : 0.5;
  let logarithm = below === 1 ? 0 : Math.log(Math.PI) / 2;
  for (; below < value; below++) logarithm += Math.log(below);
  return logarithm;
}
