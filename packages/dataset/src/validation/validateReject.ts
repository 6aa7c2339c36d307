import schema from "@vsi/dataset/schemas/reject.schema.json" with { type: "json" };
import type { Reject } from "../question.ts";
import { type RecordPlace, schemaCheck } from "./schemaCheck.ts";

const check = schemaCheck(schema, "reject-schema");

/**
 * Checks that `value` is a reject record as schemas/reject.schema.json says.
 *
 * @throws DatasetError "reject-schema" with the first field that is wrong.
 */
export function validateReject(value: unknown, where: RecordPlace): asserts value is Reject {
  check(value, where);
}
