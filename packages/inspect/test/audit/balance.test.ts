import { describe, expect, test } from "@jest/globals";
import { balancesOf, chiSquareProbability, fairCoinProbability } from "../../src/audit/balance.ts";
import type { QuestionGroup } from "../../src/audit/questions.ts";
import { choiceQuestion, sideGroup, sizeGroup } from "../support/auditQuestion.ts";

function optionsGroup(
  type: QuestionGroup["type"],
  lists: readonly [candidates: string[], truth: string][],
): QuestionGroup {
  const questions = lists.map(([candidates, truth]) => choiceQuestion({ candidates, truth }));
  return { type, kind: "choice", listing: "options", questions };
}

describe("balancesOf", () => {
  test("left twice as often as right is no luck, half of each is", () => {
    const uneven = balancesOf(sideGroup(30, (_, __, index) => (index % 3 === 0 ? "right" : "left")))[0];
    expect(uneven).toMatchObject({ what: "left and right", values: [{ count: 120 }, { count: 60 }] });
    expect(uneven?.probability).toBeLessThan(1e-5);
    expect(balancesOf(sideGroup(30, (_, __, index) => (index % 2 === 0 ? "right" : "left")))[0]?.probability).toBe(1);
  });

  test("letters are expected by how many options each question has", () => {
    const lists: [string[], string][] = [
      [["x", "y"], "x"],
      [["x", "y", "z", "w"], "w"],
    ];
    expect(balancesOf(optionsGroup("obj_appearance_order", lists))).toMatchObject([
      {
        what: "letter",
        values: [
          { value: "A", count: 1, expected: 0.75 },
          { value: "B", count: 0, expected: 0.75 },
          { value: "C", count: 0, expected: 0.25 },
          { value: "D", count: 1, expected: 0.25 },
        ],
      },
    ]);
  });

  test("answers are counted where all questions offer the same, in whatever order", () => {
    const lists = Array.from({ length: 40 }, (_, index): [string[], string] => [
      index % 2 === 0 ? ["left", "right", "back"] : ["back", "left", "right"],
      index % 4 === 0 ? "right" : "left",
    ]);
    const answers = balancesOf(optionsGroup("object_rel_direction_medium", lists)).find(
      ({ what }) => what === "answer",
    );
    expect(answers?.values).toMatchObject([
      { value: "back", count: 0 },
      { value: "left", count: 30 },
      { value: "right", count: 10 },
    ]);
    expect(answers?.probability).toBeLessThan(1e-6);
  });

  test("a route tells left and right in every turn, with capital letters too", () => {
    const lists: [string[], string][] = [
      [["Turn Left, Turn Right, Turn Left", "Turn Back"], "Turn Left, Turn Right, Turn Left"],
    ];
    const sides = balancesOf(optionsGroup("route_planning", lists)).find(({ what }) => what === "left and right");
    expect(sides?.values).toMatchObject([{ count: 2 }, { count: 1 }]);
  });

  test("numbers have none", () => {
    expect(balancesOf(sizeGroup(2, () => 1))).toEqual([]);
  });
});

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

describe("chiSquareProbability", () => {
  test("printed tables: 5 %, 1 % and 0.1 % points (Abramowitz and Stegun, table 26.8)", () => {
    const points = [
      [1, 3.84146, 0.05],
      [1, 6.6349, 0.01],
      [2, 5.99146, 0.05],
      [3, 7.81473, 0.05],
      [3, 16.2662, 0.001],
      [5, 15.0863, 0.01],
      [10, 18.307, 0.05],
      [30, 43.773, 0.05],
    ] as const;
    for (const [degrees, statistic, probability] of points) {
      expect(chiSquareProbability(statistic, degrees)).toBeCloseTo(probability, 5);
    }
  });

  test("two degrees: exactly exp(-x / 2)", () => {
    for (const x of [0.001, 0.5, 3, 20, 60]) expect(chiSquareProbability(x, 2)).toBeCloseTo(Math.exp(-x / 2), 10);
  });

  test("nothing uneven is certain, everything on one value impossible", () => {
    expect(chiSquareProbability(0, 3)).toBe(1);
    expect(chiSquareProbability(5, 0)).toBe(1);
    expect(chiSquareProbability(1e6, 3)).toBe(0);
  });

  test("chi-square-tail-of-one: 1602 of 1602 answers at A came out as likely as can be", () => {
    expect(chiSquareProbability(1602, 1)).toBe(0);
    let last = 1;
    for (let statistic = 0; statistic < 4000; statistic += 7) {
      const probability = chiSquareProbability(statistic, 3);
      expect(probability).toBeLessThanOrEqual(last + 1e-12);
      last = probability;
    }
  });
});
