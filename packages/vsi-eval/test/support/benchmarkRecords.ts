import {
  QUESTION_TYPES,
  type Question,
  type QuestionType,
  VSI_BENCH_TYPES as TYPES_OF_PAPER,
  type VsiBenchRecord,
} from "@vsi/dataset";

/** One line of VSI-Bench's own file, whose ids are whole numbers. */
export interface NumberedRecord extends VsiBenchRecord {
  id: number;
}

/** The ten question types of VSI-Bench, in the order of our datasets. */
export const VSI_BENCH_TYPES = QUESTION_TYPES.filter((type) =>
  (TYPES_OF_PAPER as readonly QuestionType[]).includes(type),
);

const NUMBER_TYPES: ReadonlySet<string> = new Set([
  "object_counting",
  "object_size_estimation",
  "object_abs_distance",
  "room_size_estimation",
]);

/** Made-up questions in VSI-Bench's own form: for each scene one of every type, `perType` times. */
export function vsiBenchRecords(scenes: number, perType = 1): NumberedRecord[] {
  const records: NumberedRecord[] = [];
  for (let scene = 0; scene < scenes; scene += 1) {
    for (const question_type of VSI_BENCH_TYPES) {
      for (let copy = 0; copy < perType; copy += 1) records.push(record(records.length, scene, question_type));
    }
  }
  return records;
}

function record(id: number, scene: number, question_type: QuestionType): NumberedRecord {
  const isNumber = NUMBER_TYPES.has(question_type);
  return {
    id,
    dataset: "scannet",
    scene_name: `scene${String(scene).padStart(4, "0")}_00`,
    question_type,
    question: `Question ${id}?`,
    ground_truth: isNumber ? String(2 + (id % 7)) : "AB"[id % 2]!,
    options: isNumber ? null : ["A. left", "B. right"],
  };
}

/** A question in this project's own form, with the fields of `changed` in place of its own. */
export function datasetQuestion(changed: Partial<Question> = {}): Question {
  return {
    schema: "vsi-question/1",
    id: "0123456789abcdef",
    dataset: "vsi-synth",
    scene_name: "scene9000_00",
    question_type: "object_rel_direction_easy",
    question: "Is the lamp to the left or the right of the bed?",
    ground_truth: "right",
    options: ["A. left", "B. right"],
    mc_answer: "B",
    protocol: "vsi-bench",
    frames: ["frames/scene9000_00/0.jpg"],
    evidence: { object_ids: [1, 2, 3], value: -40, unit: "degree", margin: 40, route: null, frames: null },
    ...changed,
  };
}

/** Records as the text of a JSONL file. */
export function jsonLines(records: readonly unknown[]): string {
  return records.map((record) => `${JSON.stringify(record)}\n`).join("");
}
