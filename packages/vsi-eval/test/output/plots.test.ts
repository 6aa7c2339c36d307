import { describe, expect, test } from "@jest/globals";
import { countChoices, numberScatters } from "../../src/output/plots.ts";
import { scoreQuestion } from "../../src/score/scorePredictions.ts";
import { choiceQuestion, evalQuestion } from "../support/evalQuestions.ts";

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

test("each task answered by a number has a plot of what was read, in its unit; what is not shown is counted", async () => {
  const size = evalQuestion("1", { question_type: "object_size_estimation", ground_truth: "100" });
  const camera = evalQuestion("2", { question_type: "camera_displacement", ground_truth: "2" });
  const figures = numberScatters([
    scoreQuestion(size, "1.2 m"),
    scoreQuestion(size, "900 km"),
    scoreQuestion(size, "-3"),
    scoreQuestion(size, "no idea"),
    scoreQuestion(camera, "2"),
    scoreQuestion(choiceQuestion("3", "route_planning"), "A"),
  ]);
  expect(figures.map((figure) => (figure.kind === "chart" ? figure.caption : figure.kind))).toEqual([
    "Obj. Size: read against true, 1 answer of 4 questions. 2 answers off by more than a factor of 100 not shown.",
    "Camera Displacement: read against true, 1 answer of 1 question.",
  ]);
  expect(figures).toMatchObject([
    { chart: { kind: "scatter", yTitle: "read (centimetres)", points: [{ x: 100, y: 120 }] } },
    { chart: { kind: "scatter", yTitle: "read (metres)", points: [{ x: 2, y: 2 }] } },
  ]);
});
