import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { combinationCount, combinationOfRank } from "../src/combinations.ts";

/** Pascal's triangle in BigInt. */
function pascal(count: number, size: number): bigint {
  let row = [1n];
  for (let line = 0; line < count; line++) {
    row = [1n, ...row.slice(1).map((value, index) => value + row[index]!), 1n];
  }
  return row[size] ?? 0n;
}

test("the count is Pascal's triangle's", () => {
  fc.assert(
    fc.property(fc.nat(60), fc.nat(5), (count, size) => {
      expect(BigInt(combinationCount(count, size))).toBe(pascal(count, size));
    }),
  );
});

test("nothing can be chosen from too few or from less than none", () => {
  expect([combinationCount(-1, 2), combinationCount(3, 4), combinationCount(0, 4)]).toEqual([0, 0, 0]);
});

test.each([
  [6, 2],
  [7, 4],
  [4, 4],
])("the ranks of %d over %d give every ascending choice once, the largest member slowest", (count, size) => {
  const ranks = [...Array(combinationCount(count, size)).keys()];
  const choices = ranks.map((rank) => combinationOfRank(rank, size));
  expect(new Set(choices.map(String)).size).toBe(ranks.length);
  for (const choice of choices) {
    expect(choice).toEqual([...new Set(choice)].sort((one, other) => one - other));
    expect(choice[0]).toBeGreaterThanOrEqual(0);
    expect(choice.at(-1)).toBeLessThan(count);
  }
  const largest = choices.map((choice) => choice.at(-1)!);
  expect(largest).toEqual([...largest].sort((one, other) => one - other));
});

test("the last of the largest scene's sets of four is exact", () => {
  expect(combinationOfRank(combinationCount(4095, 4) - 1, 4)).toEqual([4091, 4092, 4093, 4094]);
});
