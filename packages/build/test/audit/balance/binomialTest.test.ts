import { describe, expect, test } from "@jest/globals";
import { fairCoinProbability } from "../../../src/audit/balance/binomialTest.ts";

/** By counting: all 2^total outcomes at least as far from the middle, in whole numbers of any size. */
function counted(first: number, total: number): number {
  let ways = 1n;
  let uneven = 0n;
  for (let heads = 0; heads <= total; heads++) {
    if (Math.abs(2 * heads - total) >= Math.abs(2 * first - total)) uneven += ways;
    ways = (ways * BigInt(total - heads)) / BigInt(heads + 1);
  }
  return Number((uneven * 10n ** 18n) / 2n ** BigInt(total)) / 1e18;
}

describe("fairCoinProbability", () => {
  test("equals the counted share of outcomes", () => {
    for (const total of [1, 2, 7, 40, 61]) {
      for (let first = 0; first <= total; first++) {
        expect(fairCoinProbability(first, total)).toBeCloseTo(counted(first, total), 12);
      }
    }
    expect(fairCoinProbability(4900, 10_000)).toBeCloseTo(counted(4900, 10_000), 9);
  });

  test("no throw is no evidence", () => {
    expect(fairCoinProbability(0, 0)).toBe(1);
  });
});
