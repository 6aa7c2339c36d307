import { QuestionsError } from "./questionsError.ts";

/** Scene facts that no question can rest on: a number that is none, an id twice, an empty label. */
export class FactsError extends QuestionsError {
  override readonly name = "FactsError";
}
