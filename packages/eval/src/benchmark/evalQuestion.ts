import type { QuestionType } from "@vsi/dataset";

/** One question of a benchmark, the same whatever file it came from. Field names are VSI-Bench's. */
export interface EvalQuestion {
  /** Unique in the benchmark; VSI-Bench's whole numbers as their digits. */
  id: string;
  /** Where the scan is from, such as "scannet". */
  dataset: string;
  /** The scan, such as "scene0000_00". */
  scene_name: string;
  question_type: QuestionType;
  question: string;
  /** Always the word or the number, never an option's letter; numbers are in the unit that the question asks for. */
  ground_truth: string;
  /** The lettered options ("A. left"); null for numbers, and for choices whose answer is the word itself. */
  options: string[] | null;
  /** The letter of the right option; null without options. */
  mc_answer: string | null;
  /** File names of the frames to show, in frames/<scene_name>/ of the dataset folder; empty where the benchmark names none. */
  frames: string[];
}
