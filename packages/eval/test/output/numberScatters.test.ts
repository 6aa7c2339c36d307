import { expect, test } from "@jest/globals";
import { numberScatters } from "../../src/output/numberScatters.ts";
import { scoreQuestion } from "../../src/score/scoreQuestion.ts";
import { choiceQuestion, evalQuestion } from "../support/evalQuestions.ts";

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
