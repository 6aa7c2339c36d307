import type { ColumnType } from "../columns/questionColumns.ts";

/** A JSON value as the Parquet writer wants it: 64-bit integers as BigInt, all else as it is. */
export function parquetValue(value: unknown, type: ColumnType): unknown {
  if (value === null || value === undefined) return null;
  if (typeof type === "string") return type === "int64" ? BigInt(value as number) : value;
  if ("list" in type) return (value as unknown[]).map((item) => parquetValue(item, type.list));
  const record = value as Record<string, unknown>;
  return Object.fromEntries(type.struct.map((column) => [column.name, parquetValue(record[column.name], column.type)]));
}
