import { DatasetError } from "../errors.ts";

/** One row of a Parquet file and its number, from 1. */
export interface ParquetRow {
  row: number;
  /** By the names of the columns; 64-bit integers as numbers, bytes as Uint8Array, what is missing as null. */
  values: Record<string, unknown>;
}

/**
 * The rows of a Parquet file, one row group in memory at a time: with pictures in them, more would not fit.
 *
 * @param bytesAreText whether bytes that are not marked as text are text all the same, as older programs write it.
 * @throws DatasetError "parquet-unreadable" for any damage.
 */
export async function* readParquetRows(path: string, bytesAreText: boolean): AsyncGenerator<ParquetRow, void> {
  const { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects, parquetSchema } = await import("hyparquet");
  const attempt = async <Value>(work: () => Value | Promise<Value>): Promise<Value> => {
    try {
      return await work();
    } catch (cause) {
      throw unreadable(path, cause);
    }
  };
  const file = await attempt(() => asyncBufferFromFile(path));
  const metadata = await attempt(() => parquetMetadataAsync(file));
  const schema = await attempt(() => parquetSchema(metadata));
  await attempt(() => checkColumns(schema, metadata.row_groups));
  const { checkPages } = await import("./parquetPages.ts");
  let rowStart = 0;
  for (const group of metadata.row_groups) {
    await attempt(() => checkPages(file, schema, group, bytesAreText));
    const rowEnd = rowStart + Number(group.num_rows);
    const options = { file, metadata, rowStart, rowEnd, utf8: bytesAreText };
    const rows = await attempt(() => parquetReadObjects(options));
    for (const [index, values] of rows.entries()) {
      yield { row: rowStart + index + 1, values: plainValue(values) as Record<string, unknown> };
    }
    rowStart = rowEnd;
  }
}

interface SchemaNode {
  path: string[];
  children: SchemaNode[];
}

interface RowGroup {
  num_rows: bigint;
  columns: { meta_data?: { path_in_schema: string[]; num_values: bigint } }[];
}

/**
 * Refuses what hyparquet would begin to read and then fail at, out of anybody's sight: it waits for the columns that the
 * schema names, once each. Of any other column, and of those behind a column that makes it throw, a failure that nobody
 * waits for ends the process. Nor does it see that a group claims more rows than it has values, and would make them up.
 */
function checkColumns(schema: SchemaNode, groups: readonly RowGroup[]): void {
  const leaves = leafPaths(schema);
  const tops = schema.children.map(({ path }) => path[0]);
  if (new Set(tops).size < tops.length || new Set(leaves).size < leaves.length) throw new Error("a column twice");
  for (const { num_rows, columns } of groups) {
    const paths = columns.map((column) => column.meta_data?.path_in_schema.join(".") ?? "");
    if (paths.join("\n") !== leaves.join("\n")) throw new Error("columns that are not those of the schema");
    if (num_rows < 0n || columns.some((column) => (column.meta_data?.num_values ?? 0n) < num_rows)) {
      throw new Error("fewer values than rows");
    }
  }
}

function leafPaths({ path, children }: SchemaNode): string[] {
  return children.length === 0 ? [path.join(".")] : children.flatMap(leafPaths);
}

function unreadable(path: string, cause: unknown): DatasetError {
  const detail = {
    file: path.replaceAll("\\", "/"),
    place: "file",
    got: `what can't be read (${cause instanceof Error ? cause.message : String(cause)})`,
    expected: "a whole Parquet file, uncompressed or compressed with Snappy",
    advice: `Download it again, or write its rows as JSONL: pandas.read_parquet(FILE).to_json(OUT, orient="records", lines=True).`,
  };
  return new DatasetError("parquet-unreadable", detail, { cause });
}

function plainValue(value: unknown): unknown {
  if (value === undefined) return null;
  if (typeof value === "bigint") return Number(value);
  if (Array.isArray(value)) return value.map(plainValue);
  if (typeof value !== "object" || value === null || ArrayBuffer.isView(value) || value instanceof Date) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, plainValue(inner)]));
}
