import type { Column, ColumnType } from "@vsi/dataset/internal/node";
import questionSchema from "@vsi/dataset/schemas/question.schema.json" with { type: "json" };
import type { DatasetSettings } from "./settings.ts";

/** The part of JSON Schema that question.schema.json is written in. */
interface SchemaNode {
  type?: string | readonly string[];
  const?: string;
  enum?: readonly (string | null)[];
  description?: string;
  items?: SchemaNode;
  properties?: Readonly<Record<string, SchemaNode>>;
}

const SCALARS: Readonly<Record<string, "string" | "int64" | "float64">> = {
  string: "string",
  integer: "int64",
  number: "float64",
};

/**
 * The columns of a question record, in the order of its fields: read off question.schema.json, so that the card,
 * Parquet and Croissant cannot say anything else than the schema.
 */
export const QUESTION_COLUMNS: readonly Column[] = columnsOf(questionSchema);

/** Beside a question's own columns in Parquet, where the dataset holds its frames' pixels. */
export const IMAGES_COLUMN = "images";

/**
 * The columns of a dataset's Parquet files. Without the bytes, pictures are not to be decoded: `datasets` would open
 * their paths from wherever Python was started.
 */
export function parquetColumns({
  frames,
  pixels,
  embedFrames,
}: Pick<DatasetSettings, "frames" | "pixels" | "embedFrames">): readonly Column[] {
  if (frames === null || !pixels) return QUESTION_COLUMNS;
  const images: Column = {
    name: IMAGES_COLUMN,
    description: "The question's frames as pictures; their paths start at the dataset's folder.",
    type: { list: embedFrames ? "image" : "image-path" },
  };
  return [...QUESTION_COLUMNS, images];
}

function columnsOf(node: SchemaNode): Column[] {
  return Object.entries(node.properties ?? {}).map(([name, property]) => ({
    name,
    description: property.description ?? "",
    type: typeOf(property),
  }));
}

function typeOf(node: SchemaNode): ColumnType {
  const [type] = [node.type ?? []].flat().filter((name) => name !== "null");
  if (type === "array") return { list: typeOf(node.items ?? {}) };
  if (type === "object") return { struct: columnsOf(node) };
  // Where the schema names the values themselves ("const", "enum"), they are texts.
  return SCALARS[type ?? "string"] ?? "string";
}
