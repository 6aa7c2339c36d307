import type { QuestionType } from "@vsi/dataset";
import type { EvalQuestion } from "../../src/evalQuestion.ts";

/** A question with the fields of `changed` in place of its own; the id is also its text. */
export function evalQuestion(id: string, changed: Partial<EvalQuestion> = {}): EvalQuestion {
  return {
    id,
    dataset: "scannet",
    scene_name: "scene0000_00",
    question_type: "object_counting",
    question: `Question ${id}?`,
    ground_truth: "4",
    options: null,
    mc_answer: null,
    frames: [],
    ...changed,
  };
}

/** A question with the options left and right, of which the second is right. */
export function choiceQuestion(id: string, question_type: QuestionType, changed: Partial<EvalQuestion> = {}) {
  const choice = { question_type, ground_truth: "right", options: ["A. left", "B. right"], mc_answer: "B" };
  return evalQuestion(id, { ...choice, ...changed });
}
