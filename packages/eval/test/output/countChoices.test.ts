import { describe, expect, test } from "@jest/globals";
import { countChoices } from "../../src/output/countChoices.ts";
import { scoreQuestion } from "../../src/score/scoreQuestion.ts";
import { choiceQuestion } from "../support/evalQuestions.ts";

describe("countChoices", () => {
  test("directions go by their words, whatever letter they had", () => {
    const turned = { options: ["A. right", "B. left"], mc_answer: "A" };
    const answers = [
      scoreQuestion(choiceQuestion("1", "object_rel_direction_easy"), "B"),
      scoreQuestion(choiceQuestion("2", "object_rel_direction_easy", turned), "A"),
      scoreQuestion(choiceQuestion("3", "object_rel_direction_easy"), "left"),
      scoreQuestion(choiceQuestion("4", "object_rel_direction_easy"), "A or B"),
      scoreQuestion(choiceQuestion("5", "object_rel_direction_easy"), null),
    ];
    expect(countChoices(answers)).toEqual({
      rows: ["right"],
      columns: ["right", "left", "not read"],
      counts: [[2, 1, 2]],
    });
  });

  test("other choices go by the letter, and without options by the word", () => {
    const byLetter = [scoreQuestion(choiceQuestion("1", "route_planning"), "left")];
    expect(countChoices(byLetter)).toEqual({ rows: ["B"], columns: ["B", "A", "not read"], counts: [[0, 1, 0]] });
    const open = choiceQuestion("1", "object_rel_distance", { options: null, mc_answer: null, ground_truth: "Sink" });
    expect(countChoices([scoreQuestion(open, "sink")])).toEqual({
      rows: ["sink"],
      columns: ["sink", "not read"],
      counts: [[1, 0]],
    });
  });

  test("nothing is nothing", () => {
    expect(countChoices([])).toEqual({ rows: [], columns: ["not read"], counts: [] });
  });
});
