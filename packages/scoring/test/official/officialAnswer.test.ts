import { expect, test } from "@jest/globals";
import { officialAnswer } from "../../src/official/officialAnswer.ts";

test("officialAnswer takes the text before the first blank, without trailing dots, then stripped", () => {
  const cases: [string, string][] = [
    ["A. left", "A"],
    [" A", ""],
    ["3...", "3"],
    ["3.\n", "3."],
    ["\n3", "3"],
    ["3\tchairs", "3\tchairs"],
    ["\ufeff3", "\ufeff3"],
    ["", ""],
    ["....", ""],
  ];
  for (const [prediction, answer] of cases)
    expect([prediction, officialAnswer(prediction)]).toEqual([prediction, answer]);
});
