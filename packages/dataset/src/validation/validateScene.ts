import schema from "@vsi/dataset/schemas/scene.schema.json" with { type: "json" };

import { type RecordPlace, schemaCheck } from "./schemaCheck.ts";

const check = schemaCheck(schema, "scene-schema");

/**
 * Checks that `value` is scene facts as schemas/scene.schema.json says; their type is @vsi/geometry's SceneFacts.
 *
 * @throws DatasetError "scene-schema" with the first field that is wrong.
 */
export function validateScene(value: unknown, where: RecordPlace): void {
  check(value, where);
}
