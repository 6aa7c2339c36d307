import type { QuestionType } from "@vsi/dataset";
import type { ChatAnswer } from "./readChatAnswer.ts";

/** One line of answers.jsonl: a question as it was asked, and what came of it. */
export interface AnswerRecord {
  id: string;
  question_type: QuestionType;
  /** The text sent after the frames. */
  prompt: string;
  /** The frames sent, by name, in their order. */
  frames: string[];
  /** The model's whole text; null when there is none. */
  prediction: string | null;
  /** As in ChatAnswer. */
  finish_reason: ChatAnswer["finish_reason"];
  /** As in ChatAnswer. */
  usage: ChatAnswer["usage"];
  /** From the first attempt to the answer, waits included. */
  seconds: number;
  attempts: number;
  /** Why there is no answer; null when there is one. */
  error: string | null;
}
