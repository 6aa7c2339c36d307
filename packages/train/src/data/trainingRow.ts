import type { AccuracyReward, RewardMode } from "@vsi/scoring";

/** One turn of a conversation, in the form of every chat template. The images stand apart: TRL puts their places in. */
export interface Message {
  role: "user" | "assistant";
  content: string;
}

/** What every row has. */
interface PromptRow {
  /** The question's id. */
  id: string;
  prompt: Message[];
  /** Absolute paths of the frames, in the order they are shown. */
  images: string[];
}

/** A question to be answered by rollouts: the fields after `images` are what the reward worker is asked with. */
export interface GrpoRow extends PromptRow {
  ground_truth: string;
  question_type: string;
  options: string[] | null;
  mode: RewardMode;
  accuracy: AccuracyReward;
}

/** A question with the answer to learn. */
export interface SftRow extends PromptRow {
  completion: Message[];
}

/** A question with an answer to prefer and one to avoid. */
export interface DpoRow extends PromptRow {
  chosen: Message[];
  rejected: Message[];
}

/** One line of the rows that the Python worker reads. */
export type TrainingRow = GrpoRow | SftRow | DpoRow;
