import { type FileErrorDetail, VsiError } from "@vsi/dataset";

export { OptionsError } from "@vsi/dataset";

/** Questions cannot be made from what was given. `detail.file` is what was read ("facts of scene0000_00", "query about ..."). */
export class QuestionsError extends VsiError<FileErrorDetail> {
  override readonly name: string = "QuestionsError";
}

/** Scene facts that no question can rest on: a number that is none, an id twice, an empty label. */
export class FactsError extends QuestionsError {
  override readonly name = "FactsError";
}

/** A question that cannot be answered from a scene's facts, or a text that is no question of a protocol. */
export class QueryError extends QuestionsError {
  override readonly name = "QueryError";
}
