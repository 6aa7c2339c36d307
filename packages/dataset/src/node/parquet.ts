/** What a column holds; any value may also be null. Integers have 64 bits. */
export type ColumnType =
  | "string"
  | "int64"
  | "float64"
  /** A picture as Hugging Face's `Image` has it, `{bytes, path}`; or the path alone, which readers must not open. */
  | "image"
  | "image-path"
  | { readonly list: ColumnType }
  | { readonly struct: readonly Column[] };

/** A column of a table, or a field of a struct. */
export interface Column {
  name: string;
  /** One sentence, empty where there is none. */
  description: string;
  type: ColumnType;
}

/** A node of a Parquet schema, by the names that Parquet's own Thrift definition has. */
export interface ParquetElement {
  name: string;
  type?: "BYTE_ARRAY" | "INT64" | "DOUBLE";
  converted_type?: "UTF8" | "LIST";
  repetition_type?: "OPTIONAL" | "REPEATED";
  num_children?: number;
}

const SCALARS = {
  string: { type: "BYTE_ARRAY", converted_type: "UTF8" },
  int64: { type: "INT64" },
  float64: { type: "DOUBLE" },
} as const;

/**
 * Columns as Parquet's flat list of schema elements. Everything may be null, and lists have the three levels that the
 * format asks for ("list" and "element", Parquet's LogicalTypes.md), so that every reader finds the JSONL's own
 * nesting.
 */
export function parquetSchema(columns: readonly Column[]): ParquetElement[] {
  return [{ name: "root", num_children: columns.length }, ...columns.flatMap(({ name, type }) => elements(name, type))];
}

function elements(name: string, type: ColumnType): ParquetElement[] {
  if (type === "image" || type === "image-path") {
    return [
      { name, repetition_type: "OPTIONAL", num_children: 2 },
      { name: "bytes", repetition_type: "OPTIONAL", type: "BYTE_ARRAY" },
      { name: "path", repetition_type: "OPTIONAL", ...SCALARS.string },
    ];
  }
  if (typeof type === "string") return [{ name, repetition_type: "OPTIONAL", ...SCALARS[type] }];
  if ("list" in type) {
    return [
      { name, repetition_type: "OPTIONAL", num_children: 1, converted_type: "LIST" },
      { name: "list", repetition_type: "REPEATED", num_children: 1 },
      ...elements("element", type.list),
    ];
  }
  return [
    { name, repetition_type: "OPTIONAL", num_children: type.struct.length },
    ...type.struct.flatMap((column) => elements(column.name, column.type)),
  ];
}

/** A JSON value as the Parquet writer wants it: 64-bit integers as BigInt, all else as it is. */
export function parquetValue(value: unknown, type: ColumnType): unknown {
  if (value === null || value === undefined) return null;
  if (typeof type === "string") return type === "int64" ? BigInt(value as number) : value;
  if ("list" in type) return (value as unknown[]).map((item) => parquetValue(item, type.list));
  const record = value as Record<string, unknown>;
  return Object.fromEntries(type.struct.map((column) => [column.name, parquetValue(record[column.name], column.type)]));
}
