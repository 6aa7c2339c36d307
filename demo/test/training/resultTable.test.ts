import { describe, expect, test } from "@jest/globals";
import { textTable } from "@vsi/report";
import { failedClaims, resultTable } from "../../src/training/resultTable.ts";
import type { SeedResult } from "../../src/training/trainSeed.ts";

const sure = { value: 0.5, interval: [0.25, 0.75] } as const;
const maybeChance = { value: 0.02, interval: [-0.01, 0.05] } as const;
const none = { value: 0, interval: [0, 0] } as const;

const result: SeedResult = {
  seed: 3,
  before: 0.4,
  after: 0.9,
  withoutFrames: 0.165,
  otherRooms: 0.17,
  gain: sure,
  overWithoutFrames: sure,
  overOtherRooms: sure,
};

test("a row a seed, in percent", () => {
  const text = textTable(resultTable([result, { ...result, seed: 4 }]));
  expect(text).toMatch(/│ 3 +│ +40\.0 │ +90\.0 │ +50\.0 │ +25\.0 to 75\.0 │ +16\.5 │ +17\.0 │/);
  expect(text).toMatch(/│ 4 /);
});

describe("failedClaims", () => {
  test("nothing where every interval is above 0", () => {
    expect(failedClaims([result, result])).toEqual([]);
  });

  test.each([
    ["gain", maybeChance, /^Seed 3: GRPO gains -1\.0 to 5\.0 points/],
    ["overWithoutFrames", none, /^Seed 3: .* none .* 0\.0 to 0\.0 points/],
    ["overOtherRooms", maybeChance, /^Seed 3: .* other rooms' /],
  ] as const)("%s whose interval reaches 0 is named with its seed", (name, difference, message) => {
    const failures = failedClaims([
      { ...result, seed: 2 },
      { ...result, [name]: difference },
    ]);
    expect(failures).toEqual([expect.stringMatching(message)]);
  });
});
