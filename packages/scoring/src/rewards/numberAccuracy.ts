import { meanRelativeAccuracy } from "../official/meanRelativeAccuracy.ts";

/** How a number is paid: `paper` for vsGRPO's relative error, `mra` for VSI-Bench's ten steps. */
export type AccuracyReward = "paper" | "mra";

/**
 * What a predicted number is worth, in 0 to 1. `paper`: max(0, 1 - |y - y'| / min(y, y')), the form of Liao et al. (arXiv 2504.00883) with the
 * function it leaves open made linear. `mra`: Mean Relative Accuracy. Where either number is 0 or less relative error has no
 * meaning: 1 when they are equal, else 0.
 */
export function numberAccuracy(predicted: number, truth: number, accuracy: AccuracyReward): number {
  if (predicted === truth) return 1;
  const smaller = Math.min(predicted, truth);
  if (!(smaller > 0)) return 0;
  if (accuracy === "mra") return meanRelativeAccuracy(predicted, truth);
  return Math.max(0, 1 - Math.abs(predicted - truth) / smaller);
}
