import type { QuestionType } from "@vsi/dataset";

/** What the audit knows of a question: what a model that sees no picture is given, and the truth to hold a guess against. */
export interface AuditQuestion {
  id: string;
  /** The physical room, such as "scene0000". */
  room: string;
  text: string;
  /** What stands in the wording's places, by the place's name ("category": "sofa"); empty for a wording that is not known. */
  places: Readonly<Record<string, string>>;
  /** The answers to choose from, in the order listed and without letters; none where a number is asked for. */
  candidates: readonly string[];
  /** The right answer as the dataset writes it. */
  truth: string;
  /** The right answer as a number; NaN where the group is answered by words. */
  value: number;
}

/** The questions of one type in one split. */
export interface QuestionGroup {
  type: QuestionType;
  /** What is asked for. Numbers are scored by mean relative accuracy, choices by accuracy. */
  kind: "number" | "choice";
  /**
   * Where the candidates come from: lettered options, objects that the text lists, or what the type's questions are
   * answered by (left and right); null for numbers.
   */
  listing: "options" | "text" | "answers" | null;
  questions: readonly AuditQuestion[];
}
