import type { ParquetWriter } from "hyparquet-writer";
import type { Column, ColumnType } from "../columns/questionColumns.ts";

type SchemaElement = ConstructorParameters<typeof ParquetWriter>[0]["schema"][number];

const SCALARS = {
  string: { type: "BYTE_ARRAY", converted_type: "UTF8" },
  int64: { type: "INT64" },
  float64: { type: "DOUBLE" },
} as const;

/**
 * Columns as Parquet's flat list of schema elements. Everything may be null, and lists have the three levels that the format
 * asks for ("list" and "element", Parquet's LogicalTypes.md), so that every reader finds the JSONL's own nesting.
 */
export function parquetSchema(columns: readonly Column[]): SchemaElement[] {
  return [{ name: "root", num_children: columns.length }, ...columns.flatMap(({ name, type }) => elements(name, type))];
}

function elements(name: string, type: ColumnType): SchemaElement[] {
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
