import { QUESTION_TYPES } from "./questionTypes.ts";
import manifestSchema from "./schemas/manifest.schema.json" with { type: "json" };
import questionSchema from "./schemas/question.schema.json" with { type: "json" };
import rejectSchema from "./schemas/reject.schema.json" with { type: "json" };
import sceneSchema from "./schemas/scene.schema.json" with { type: "json" };

/**
 * The JSON Schemas (draft 2020-12) of every record, by file name, as they are checked and shipped: in the files beside
 * this one question types are any text, here they are the table's. The build writes them to dist/schemas.
 */
export const SCHEMAS = {
  "manifest.schema.json": manifestSchema,
  "question.schema.json": withQuestionTypes(questionSchema, QUESTION_TYPES),
  "reject.schema.json": withQuestionTypes(rejectSchema, [...QUESTION_TYPES, null]),
  "scene.schema.json": sceneSchema,
} as const;

function withQuestionTypes<Schema extends { properties: { question_type: object } }>(
  schema: Schema,
  names: readonly (string | null)[],
) {
  // Built again, dist/schemas already holds the names of the build before.
  const { type: _, enum: __, ...rest } = schema.properties.question_type as { type?: unknown; enum?: unknown };
  return { ...schema, properties: { ...schema.properties, question_type: { enum: names, ...rest } } };
}
