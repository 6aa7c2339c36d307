import type { Question } from "@vsi/dataset";

/**
 * One question of a benchmark, the same whatever file it came from: a dataset's question without its evidence. VSI-Bench's
 * whole numbers as ids are their digits; options are null for numbers and for choices whose answer is the word itself; frames
 * are empty where the benchmark names none.
 */
export type EvalQuestion = Omit<Question, "schema" | "protocol" | "evidence">;
