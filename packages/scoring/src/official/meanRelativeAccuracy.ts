/**
 * numpy.linspace(0.5, 0.95, 10), as its doubles print. The last but one is not 0.9: another way to compute them
 * decides some predictions differently.
 */
export const MEAN_RELATIVE_ACCURACY_THRESHOLDS: readonly number[] = [
  0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.8999999999999999, 0.95,
];

/**
 * Mean Relative Accuracy of VSI-Bench's official code (Yang et al., arXiv 2412.14171, writes "<" where the code has "<="):
 * the share of the thresholds theta with |predicted - truth| / truth <= 1 - theta, in 0 to 1. Infinities and NaN follow IEEE 754,
 * so a negative truth takes any finite prediction; a truth of 0 gives 0 or NaN inside and must be refused by the caller.
 */
export function meanRelativeAccuracy(predicted: number, truth: number): number {
  const relativeError = Math.abs(predicted - truth) / truth;
  let passed = 0;
  for (const threshold of MEAN_RELATIVE_ACCURACY_THRESHOLDS) if (relativeError <= 1 - threshold) passed += 1;
  return passed / MEAN_RELATIVE_ACCURACY_THRESHOLDS.length;
}
