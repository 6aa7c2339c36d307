import { describe, expect, test } from "@jest/globals";
import { choiceRows } from "../../../src/audit/blind/choiceRows.ts";
import { choiceQuestion } from "../../support/auditQuestion.ts";

describe("choiceRows", () => {
  const questions = [
    choiceQuestion({ candidates: ["tv", "lamp"], truth: "lamp", places: { a: "tv", b: "lamp", category: "sofa" } }),
    choiceQuestion({ candidates: ["lamp", "tv"], truth: "lamp", places: { a: "lamp", b: "tv", category: "sofa" } }),
  ];

  test("one row a candidate, marked where it is right", () => {
    const { starts, right } = choiceRows(questions);
    expect([...starts]).toEqual([0, 2, 4]);
    expect([...right]).toEqual([0, 1, 1, 0]);
  });

  test("the same candidate in another place shares its words and labels, not its position", () => {
    const { keys, keyCount } = choiceRows(questions);
    const row = (index: number) => [...keys.subarray(index * keyCount, (index + 1) * keyCount)];
    const [first, second] = [row(1), row(2)];
    expect(first[0]).not.toBe(second[0]);
    expect(first[1]).toBe(second[1]);
    expect(first.at(-1)).toBe(second.at(-1));
    // Both stand first in their list.
    expect(row(0)[0]).toBe(row(2)[0]);
  });

  test("the truth changes nothing but the marks", () => {
    const others = questions.map((question) => ({ ...question, truth: "tv" }));
    expect(choiceRows(others).keys).toEqual(choiceRows(questions).keys);
  });
});
