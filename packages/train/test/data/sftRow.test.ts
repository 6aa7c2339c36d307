import { describe, expect, test } from "@jest/globals";
import { type RewardMode, reward } from "@vsi/scoring";
import { promptText } from "../../src/data/promptText.ts";
import { sftRow } from "../../src/data/sftRow.ts";
import { makeQuestion, VSI_100K_QUESTIONS } from "../support/question.ts";

const MODES: readonly RewardMode[] = ["vanilla", "think", "observe"];

describe.each(MODES)("%s", (mode) => {
  test.each(VSI_100K_QUESTIONS)("teaches what the reward pays in full: $question_type", (question) => {
    const row = sftRow(question, ["/a.jpg"], mode)!;
    const { ground_truth, question_type, options } = question;
    const completion = row.completion[0]!.content;
    const paid = reward({ completion, ground_truth, question_type, options, mode });
    expect(paid).toMatchObject({ total: mode === "vanilla" ? 1 : 2, guards: [] });
    expect(row).toMatchObject({ id: question.id, images: ["/a.jpg"] });
    expect(row.prompt).toEqual([{ role: "user", content: promptText(question, mode) }]);
  });
});

test("is none where a mode wants reasoning and there is none to give", () => {
  const question = makeQuestion({ question_type: "obj_appearance_order", ground_truth: "bed, sink" });
  expect(sftRow(question, [], "think")).toBeNull();
  expect(sftRow(question, [], "vanilla")?.completion).toEqual([{ role: "assistant", content: "bed, sink" }]);
});
