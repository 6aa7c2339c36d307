import type { Question } from "@vsi/dataset";
import { fields, listOf, TEXT } from "@vsi/dataset/internal";
import { isRevsiType, scoredAs } from "./foreignTypes.ts";

/**
 * One question of a benchmark, the same whatever file it came from: a dataset's question without its evidence.
 * VSI-Bench's whole numbers as ids are their digits; options are null for numbers and for choices whose answer is the
 * word itself; frames are empty where the benchmark names none.
 */
export interface EvalQuestion extends Omit<Question, "schema" | "protocol" | "evidence" | "question_type"> {
  /** The benchmark's own name, which need not be one of our types. */
  question_type: string;
  /** ReVSI's: how many frames of the video the question is for. */
  num_frames?: number | "all";
}

/** What readBenchmark gives, for the functions that take it. */
export const QUESTION_LIST = listOf(
  fields({ id: TEXT, question_type: TEXT, ground_truth: TEXT }),
  "a list of questions, as readBenchmark reads them",
);

/** Whether the questions are ReVSI's: its metric, prompts and table are its own. */
export function isRevsi(questions: readonly Pick<EvalQuestion, "question_type" | "num_frames">[]): boolean {
  return questions.some(({ question_type, num_frames }) => num_frames !== undefined || isRevsiType(question_type));
}

/**
 * The question as @vsi/scoring takes it: by the type of ours that it is scored as, and with options the letter as the
 * truth, as in VSI-Bench's own file and code.
 */
export function truthOf(question: EvalQuestion) {
  const { ground_truth, mc_answer, options } = question;
  return { question_type: scoredAs(question), ground_truth: mc_answer ?? ground_truth, options };
}

/** The scan that a question is about, by one name: dataset and scene_name with a slash between. */
export function scanOf({ dataset, scene_name }: Pick<EvalQuestion, "dataset" | "scene_name">): string {
  return `${dataset}/${scene_name}`;
}
