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

test("a rank is the sum of its members' counts, as the combinatorial number system has it", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 4 }), fc.double({ min: 0, max: 1, noNaN: true }), (size, share) => {
      const rank = Math.floor(share * (combinationCount(4096, size) - 1));
      const members = combinationOfRank(rank, size);
      expect(members.reduce((sum, member, place) => sum + combinationCount(member, place + 1), 0)).toBe(rank);
      expect(members).toEqual([...new Set(members)].sort((one, other) => one - other));
    }),
  );
});

test("the ranks at which the largest member changes", () => {
  for (const member of [1, 2, 3, 100, 4095]) {
    const rank = combinationCount(member, 2);
    expect(combinationOfRank(rank, 2)).toEqual([0, member]);
    if (rank > 0) expect(combinationOfRank(rank - 1, 2)).toEqual([member - 2, member - 1]);
  }
});

test("the last of the largest scene's sets of four is exact", () => {
  expect(combinationOfRank(combinationCount(4095, 4) - 1, 4)).toEqual([4091, 4092, 4093, 4094]);
});
