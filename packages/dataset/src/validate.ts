import { Ajv2020, type AnySchemaObject, type ErrorObject, type ValidateFunction } from "ajv/dist/2020.js";
import { DatasetError } from "./errors.ts";
import { shownJson } from "./json.ts";
import { checkArguments, fields, optional, RECORD, TEXT } from "./kinds.ts";
import type { Manifest, Question, Reject } from "./records.ts";
import { SCHEMAS } from "./schemas.ts";
import { jsonExcerpt } from "./values.ts";

/** Where a record stands, for the error's text. */
interface RecordPlace {
  /** POSIX path as the user knows it. */
  file: string;
  /** "line 12"; leave out where the file is one record. */
  place?: string;
}

const PLACE = fields({ file: TEXT, place: optional(TEXT) });

const checkManifest = schemaCheck(SCHEMAS["manifest.schema.json"], "manifest-schema");
const checkQuestion = schemaCheck(SCHEMAS["question.schema.json"], "question-schema");
const checkReject = schemaCheck(SCHEMAS["reject.schema.json"], "reject-schema");
const checkScene = schemaCheck(SCHEMAS["scene.schema.json"], "scene-schema");

/**
 * Checks that `value` is a manifest as schemas/manifest.schema.json says.
 *
 * @throws DatasetError "manifest-schema" with the first field that is wrong.
 *
 * @example
 * ```js
 * import { readFile } from "node:fs/promises";
 * import { validateManifest } from "@vsi/dataset/validate";
 *
 * const manifest = JSON.parse(await readFile("vsi-100k/manifest.json", "utf8"));
 * validateManifest(manifest, { file: "vsi-100k/manifest.json" });
 * console.log(manifest.inputs.scans_read); // 2
 * ```
 */
export function validateManifest(value: unknown, where: RecordPlace): asserts value is Manifest {
  checkManifest(value, where);
}

/**
 * Checks that `value` is a question record as schemas/question.schema.json says.
 *
 * @throws DatasetError "question-schema" with the first field that is wrong.
 *
 * @example
 * ```js
 * import { validateQuestion } from "@vsi/dataset/validate";
 *
 * try {
 *   validateQuestion({ schema: "vsi-question/1" }, { file: "mine.jsonl", place: "line 1" });
 * } catch (error) {
 *   console.log(error.code); // question-schema
 * }
 * ```
 */
export function validateQuestion(value: unknown, where: RecordPlace): asserts value is Question {
  checkQuestion(value, where);
}

/**
 * Checks that `value` is a reject record as schemas/reject.schema.json says.
 *
 * @throws DatasetError "reject-schema" with the first field that is wrong.
 *
 * @example
 * ```js
 * import { readJsonl } from "@vsi/dataset/node";
 * import { validateReject } from "@vsi/dataset/validate";
 *
 * for await (const { line, record } of readJsonl("vsi-100k/rejects.jsonl")) {
 *   validateReject(record, { file: "rejects.jsonl", place: `line ${line}` });
 *   console.log(record.code, record.question_type);
 * }
 * ```
 */
export function validateReject(value: unknown, where: RecordPlace): asserts value is Reject {
  checkReject(value, where);
}

/**
 * Checks that `value` is scene facts as schemas/scene.schema.json says; their type is SceneFacts.
 *
 * @throws DatasetError "scene-schema" with the first field that is wrong.
 *
 * @example
 * ```js
 * import { validateScene } from "@vsi/dataset/validate";
 *
 * try {
 *   validateScene({ schema: "vsi-scene/1" }, { file: "mine.json" });
 * } catch (error) {
 *   console.log(error.code); // scene-schema
 * }
 * ```
 */
export function validateScene(value: unknown, where: RecordPlace): void {
  checkScene(value, where);
}

/**
 * A function that throws DatasetError `code` when a value does not follow `schema` (draft 2020-12), which is compiled at the
 * first call. Importing this module loads the compiler, in some 40 ms: who seldom checks imports it where it does.
 *
 * @example
 * ```js
 * import { schemaCheck } from "@vsi/dataset/validate";
 *
 * const checkAnswer = schemaCheck({ type: "object", required: ["id", "prediction"] }, "answer-schema");
 * checkAnswer({ id: "a", prediction: "2" }, { file: "answers.jsonl", place: "line 1" });
 * console.log("the answer has both fields"); // the answer has both fields
 * ```
 */
export function schemaCheck(schema: AnySchemaObject, code: string): (value: unknown, where: RecordPlace) => void {
  checkArguments("schemaCheck", { schema: [schema, RECORD], code: [code, TEXT] });
  let validate: ValidateFunction | undefined;
  return (value, where) => {
    checkArguments("validate", { where: [where, PLACE] });
    validate ??= new Ajv2020({ allowUnionTypes: true, verbose: true }).compile(schema);
    if (!validate(value)) {
      const [error] = validate.errors ?? [];
      throw schemaError(code, error, where);
    }
  };
}

function schemaError(code: string, error: ErrorObject | undefined, { file, place }: RecordPlace): DatasetError {
  const path = error?.instancePath || "the record";
  return new DatasetError(code, {
    file,
    place: place === undefined ? path : `${place}, ${path}`,
    got: jsonExcerpt(error?.data),
    expected: `what the schema says: it ${error?.message} (${shownJson(error?.params)})`,
    advice: "See the JSON Schema in @vsi/dataset/schemas, or build the dataset again.",
  });
}
