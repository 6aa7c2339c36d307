import { describe, expect, test } from "@jest/globals";
import { balancesOf } from "../../../src/audit/balance/balancesOf.ts";
import type { QuestionGroup } from "../../../src/audit/questions/auditQuestion.ts";
import { choiceQuestion, sideGroup, sizeGroup } from "../../support/auditQuestion.ts";

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
