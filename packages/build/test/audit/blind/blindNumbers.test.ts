import { describe, expect, test } from "@jest/globals";
import { blindNumbers } from "../../../src/audit/blind/blindNumbers.ts";
import { roomFolds } from "../../../src/audit/questions/roomFolds.ts";
import { lot, sizeGroup } from "../../support/auditQuestion.ts";

const ROOMS = 40;
const sizes: Record<string, number> = { bed: 200, chair: 50, lamp: 30, sofa: 180, table: 120 };

function foldsOf({ questions }: ReturnType<typeof sizeGroup>): Uint8Array {
  return roomFolds(
    questions.map(({ room }) => room),
    "0",
  );
}

describe("blindNumbers", () => {
  test("knows what the category tells, to within the penalty", () => {
    const group = sizeGroup(ROOMS, (category) => sizes[category]!);
    const guesses = blindNumbers(group.questions, foldsOf(group));
    for (const [index, { value }] of group.questions.entries())
      expect(Math.abs(guesses[index]! / value - 1)).toBeLessThan(0.1);
    expect(guesses.every(Number.isInteger)).toBe(true);
  });

  test("never sees its own fold's answers: whatever they are, its guesses stay the same", () => {
    const group = sizeGroup(ROOMS, (category, room) => sizes[category]! * (0.5 + lot(room)));
    const folds = foldsOf(group);
    const guesses = blindNumbers(group.questions, folds);
    for (let fold = 0; fold < 5; fold++) {
      const changed = group.questions.map((question, index) =>
        folds[index] === fold ? { ...question, value: 7.77 } : question,
      );
      const others = blindNumbers(changed, folds);
      for (const [index, guess] of guesses.entries()) if (folds[index] === fold) expect(others[index]).toBe(guess);
    }
  });

  test("answers of 0 are guessed at too", () => {
    const group = sizeGroup(ROOMS, (category) => (category === "lamp" ? 0 : 3));
    const guesses = blindNumbers(group.questions, foldsOf(group));
    for (const [index, { value }] of group.questions.entries()) expect(guesses[index]).toBe(value);
  });
});
