import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { countChoices, numberScatters, perQuestionLines, shortLine } from "../../src/output/plots.ts";
import { scoreQuestion } from "../../src/score/tableRows.ts";
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
  const figures = await numberScatters([
    scoreQuestion(size, "1.2 m"),
    scoreQuestion(size, "900 km"),
    scoreQuestion(size, "-3"),
    scoreQuestion(size, "no idea"),
    scoreQuestion(camera, "2"),
    scoreQuestion(choiceQuestion("3", "route_planning"), "A"),
  ]);
  expect(figures.map((figure) => (figure.kind === "figure" ? figure.caption : figure.kind))).toEqual([
    "Obj. Size: read against true, 1 answer of 4 questions. 2 answers over 100 times off not shown.",
    "Camera Displacement: read against true, 1 answer of 1 question.",
  ]);
  const [ofSize, ofCamera] = figures.map((figure) => (figure.kind === "figure" ? figure.svg : ""));
  expect(ofSize).toContain("read (centimetres)");
  expect(ofCamera).toContain("read (metres)");
});

test("each answer is a line that says what was read and why, also when it was refused or not there", () => {
  const size = evalQuestion("1", { question_type: "object_size_estimation", ground_truth: "250" });
  const text = perQuestionLines([
    scoreQuestion(size, "2.5 m\n"),
    scoreQuestion(choiceQuestion("2", "route_planning"), "A or B\u2028"),
    scoreQuestion(evalQuestion("3"), null),
  ]);
  const lines = text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(lines[0]).toMatchObject({ id: "1", prediction: "2.5 m\n", official: 0, robust: 1, read: 250, unit: "m" });
  expect(lines[1]).toMatchObject({
    id: "2",
    read: null,
    why: "several-candidates",
    candidates: ["A", "B"],
    mc_answer: "B",
  });
  expect(lines[2]).toMatchObject({ id: "3", prediction: null, read: null, why: "unanswered", robust: 0 });
  expect(new Set(lines.map((line) => Object.keys(line).join())).size).toBe(1);
});

test("a model's text can neither break the line nor reach the terminal's controls", () => {
  expect(shortLine("a\nb\u001b[31m\u009b2J\u202e")).toBe('"a\\nb\\u001b[31m\\u{9b}2J\\u{202e}"');
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      expect(shortLine(text)).toMatch(/^"[^\p{Cc}\p{Cf}\p{Cs}]*"$/u);
    }),
  );
});

test("a long text is cut, a short one is whole", () => {
  expect(shortLine("x".repeat(5000))).toBe(`"${"x".repeat(100)}…"`);
  expect(shortLine("2.5 m")).toBe('"2.5 m"');
});
