import type { Question, QuestionType } from "@vsi/dataset";

/** What is taken of a dataset folder. */
export interface TrainingSetOptions {
  /** The dataset folder, as vsi-build writes it. */
  folder: string;
  /** data/<split>.jsonl; the test split is the benchmark's own rooms and is never trained on. */
  split: "train" | "validation";
  /** Only these; null for all. */
  types: readonly QuestionType[] | null;
  /** At most so many questions, drawn by the seed; null for all. */
  limit: number | null;
  /** At most so many frames a question. */
  frames: number;
  seed: number;
}

/** A question with the place it was read at and the frames it is shown with. */
export interface TrainingQuestion {
  question: Question;
  /** The JSONL file, as the user knows it, and the line, from 1. */
  file: string;
  line: number;
  /** Absolute paths. */
  images: string[];
}
