import type { Question } from "@vsi/dataset";

/** A question as vsi-build writes it; a test says what matters to it. */
export function makeQuestion(own: Partial<Question> = {}): Question {
  return {
    schema: "vsi-question/1",
    id: "0123456789abcdef",
    dataset: "vsi-synth",
    scene_name: "scene9000_00",
    question_type: "object_counting",
    question: "How many chair(s) are in this room?",
    ground_truth: "3",
    options: null,
    mc_answer: null,
    protocol: "vsi-100k",
    frames: ["000000.jpg"],
    evidence: { object_ids: [1, 2, 3], value: 3, unit: "count", margin: null, route: null, frames: null },
    ...own,
  };
}

/** One question of each type of VSI-100k, with ids of their own. */
export const VSI_100K_QUESTIONS: readonly Question[] = [
  makeQuestion({ id: "00000000000000a0" }),
  makeQuestion({
    id: "00000000000000a1",
    question_type: "object_abs_distance",
    question: "What is the distance between the shower and the kitchen counter (in meters)?",
    ground_truth: "6.1",
    evidence: { object_ids: [4, 5], value: 6.08, unit: "m", margin: null, route: null, frames: null },
  }),
  makeQuestion({
    id: "00000000000000a2",
    question_type: "object_size_estimation",
    question:
      "What is the length of the longest dimension (length, width, or height) of the coffee table, measured in centimeters?",
    ground_truth: "113",
    evidence: { object_ids: [6], value: 112.8, unit: "cm", margin: null, route: null, frames: null },
  }),
  makeQuestion({
    id: "00000000000000a3",
    question_type: "room_size_estimation",
    question: "What is the size of this room (in square meters)?",
    ground_truth: "47.9",
    evidence: { object_ids: [], value: 47.93, unit: "m2", margin: null, route: null, frames: null },
  }),
  makeQuestion({
    id: "00000000000000a4",
    question_type: "object_rel_distance",
    question: "Which of these objects (sink, pillow, bed, guitar) is the closest to the bicycle?",
    ground_truth: "bed",
    evidence: { object_ids: [7, 8, 9, 10, 11], value: 4.66, unit: "m", margin: 0.5, route: null, frames: null },
  }),
  makeQuestion({
    id: "00000000000000a5",
    question_type: "object_rel_direction_easy",
    question:
      "If I am standing by the shelf and facing the shower, is the bicycle to the left or the right of the shower?",
    ground_truth: "right",
    evidence: { object_ids: [12, 4, 11], value: -72, unit: "degree", margin: 72, route: null, frames: null },
  }),
];
