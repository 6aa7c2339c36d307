import { QuestionsError } from "./questionsError.ts";

/** An option of generateQuestions that means nothing: an unknown protocol or type, a seed that is no integer. */
export class OptionsError extends QuestionsError {
  override readonly name = "OptionsError";
}
