import type { Question } from "@vsi/dataset";

/** One line of VSI-Bench's own test.jsonl (arXiv 2412.14171). */
export interface VsiBenchRecord {
  id: string;
  dataset: string;
  scene_name: string;
  question_type: string;
  question: string;
  /** The letter of the right option where there are options, else the word or the number. */
  ground_truth: string;
  options: string[] | null;
}

/** A question in VSI-Bench's own form, which has the letter for the answer and nothing of the evidence. */
export function vsiBenchRecord(question: Question): VsiBenchRecord {
  const { id, dataset, scene_name, question_type, ground_truth, options, mc_answer } = question;
  return {
    id,
    dataset,
    scene_name,
    question_type,
    question: question.question,
    ground_truth: mc_answer ?? ground_truth,
    options,
  };
}
