import schema from "@vsi/dataset/schemas/question.schema.json" with { type: "json" };
import type { Question } from "../question.ts";
import { type RecordPlace, schemaCheck } from "./schemaCheck.ts";

const check = schemaCheck(schema, "question-schema");

/**
 * Checks that `value` is a question record as schemas/question.schema.json says.
 *
 * @throws DatasetError "question-schema" with the first field that is wrong.
 */
export function validateQuestion(value: unknown, where: RecordPlace): asserts value is Question {
  check(value, where);
}
