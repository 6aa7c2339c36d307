import schema from "@vsi/dataset/schemas/manifest.schema.json" with { type: "json" };
import type { Manifest } from "../manifest.ts";
import { type RecordPlace, schemaCheck } from "./schemaCheck.ts";

const check = schemaCheck(schema, "manifest-schema");

/**
 * Checks that `value` is a manifest as schemas/manifest.schema.json says.
 *
 * @throws DatasetError "manifest-schema" with the first field that is wrong.
 */
export function validateManifest(value: unknown, where: RecordPlace): asserts value is Manifest {
  check(value, where);
}
