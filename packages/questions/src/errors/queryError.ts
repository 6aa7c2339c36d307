import { QuestionsError } from "./questionsError.ts";

/** A question that cannot be answered from a scene's facts, or a text that is no question of a protocol. */
export class QueryError extends QuestionsError {
  override readonly name = "QueryError";
}
