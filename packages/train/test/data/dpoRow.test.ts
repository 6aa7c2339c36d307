import { expect, test } from "@jest/globals";
import { reward } from "@vsi/scoring";
import { dpoRow } from "../../src/data/dpoRow.ts";
import { promptText } from "../../src/data/promptText.ts";
import { makeQuestion, VSI_100K_QUESTIONS } from "../support/question.ts";

test.each(VSI_100K_QUESTIONS)("the chosen answer is worth 1 and the rejected one less: $question_type", (question) => {
  for (let seed = 0; seed < 20; seed++) {
    const row = dpoRow(question, ["/a.jpg"], seed)!;
    const accuracyOf = (completion: string): number => reward({ ...question, completion, mode: "vanilla" }).accuracy;
    expect(accuracyOf(row.chosen[0]!.content)).toBe(1);
    // The nearest wrong number is a quarter off.
    expect(accuracyOf(row.rejected[0]!.content)).toBeLessThanOrEqual(0.75);
    expect(row.prompt).toEqual([{ role: "user", content: promptText(question, "vanilla") }]);
    expect(row).toMatchObject({ id: question.id, images: ["/a.jpg"] });
  }
});

test("is none where nothing else can be answered", () => {
  expect(dpoRow(makeQuestion({ question_type: "route_planning", ground_truth: "left" }), [], 0)).toBeNull();
});
