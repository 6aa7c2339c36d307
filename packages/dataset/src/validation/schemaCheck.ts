import type { AnySchemaObject, ErrorObject, ValidateFunction } from "ajv/dist/2020.js";
import { Ajv2020 } from "ajv/dist/2020.js";
import { DatasetError } from "../errors.ts";

/** Where a record stands, for the error's text. */
export interface RecordPlace {
  /** POSIX path as the user knows it. */
  file: string;
  /** "line 12"; leave out where the file is one record. */
  place?: string;
}

/** Longer values are cut in an error's text, which stays one readable line. */
const LONGEST_SHOWN_VALUE = 80;

/**
 * A function that throws DatasetError `code` when a value does not follow `schema` (draft 2020-12). The schema is
 * compiled at the first call, so that importing costs nothing.
 */
export function schemaCheck(schema: AnySchemaObject, code: string): (value: unknown, where: RecordPlace) => void {
  let validate: ValidateFunction | undefined;
  return (value, where) => {
    validate ??= new Ajv2020({ allowUnionTypes: true, verbose: true }).compile(schema);
    if (!validate(value)) {
      throw schemaError(code, validate.errors![0]!, where);
    }
  };
}

function schemaError(code: string, error: ErrorObject, { file, place }: RecordPlace): DatasetError {
  const path = error.instancePath || "the record";
  return new DatasetError(code, {
    file,
    place: place === undefined ? path : `${place}, ${path}`,
    got: (JSON.stringify(error.data) ?? "nothing").slice(0, LONGEST_SHOWN_VALUE),
    expected: `what the schema says: it ${error.message} (${JSON.stringify(error.params)})`,
    advice: "Read the JSON Schema in @vsi/dataset/schemas, or build the dataset again.",
  });
}
