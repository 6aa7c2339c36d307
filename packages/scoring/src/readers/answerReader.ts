import { type QuestionType, questionTypeRow } from "@vsi/dataset";

/** One question as a reader of answers takes it. */
export interface ReaderQuestion {
  /** Whose rules the answer follows; a type of another benchmark is read as the one that it resembles. */
  question_type: QuestionType;
  /** The number, the right option's letter, or the word where there are no options. */
  ground_truth: string;
  /** The lettered options ("A. left"); null without. */
  options: readonly string[] | null;
}

/**
 * How one program reads an answer and what it gives for it. A completion is worth different scores in different
 * programs, so a score means something only with its reader's name and version.
 */
export interface AnswerReader {
  /** What `vsi-eval score --reader` calls it. */
  name: string;
  /** The release or the commit whose rules it follows. */
  version: string;
  /** One sentence. */
  about: string;
  /** The file or the paper that the rules come from. */
  source: string;
  /**
   * What is read: a number, an option's letter, or the token that is compared with the truth (then also for numbers);
   * null when nothing is read. Never fails for any text.
   */
  read(text: string, question: ReaderQuestion): number | string | null;
  /** What the text is worth, in 0 to 1. */
  score(text: string, question: ReaderQuestion): number;
}

/** Whether a question is answered by a number. */
export function asksNumber({ question_type }: Pick<ReaderQuestion, "question_type">): boolean {
  return questionTypeRow(question_type).unit !== null;
}
