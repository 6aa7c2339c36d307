import { parseString } from "fast-csv";
import { GeometryError } from "../geometryError.ts";
import { readScanFile } from "./readScanFile.ts";

/** What `readTable` should read. */
export interface TableOptions {
  /** The file's name in messages. */
  file: string;
  delimiter: "," | "\t";
  /** Names of the wanted columns in the header row. The first is the key: no row may leave it empty. */
  columns: readonly string[];
  /** What the user can do when the file is not such a table. */
  advice: string;
}

/**
 * Reads a CSV or TSV file with a header row, LF or CRLF. Tabs separate plainly, without quotes, as in ScanNet's label map.
 *
 * @returns A row of trimmed cells for every line, in the order of `columns`; "" where a line is too short.
 * @throws GeometryError "table-missing-column", "table-bad-row", "table-unreadable", and those of `readScanFile`.
 */
export async function readTable(path: string, options: TableOptions): Promise<string[][]> {
  const { file, delimiter, columns, advice } = options;
  const text = new TextDecoder().decode(await readScanFile(path, file));
  const rows = await parseRows(text, options);
  const header = rows.shift() ?? [];
  const indices = columns.map((column) => header.indexOf(column));
  const missing = columns.filter((_, index) => indices[index] < 0);
  if (missing.length > 0) {
    throw new GeometryError("table-missing-column", {
      file,
      place: "line 1",
      // 80: enough to recognise the line.
      got: `the columns ${JSON.stringify(header.join(", ").slice(0, 80))}`,
      expected: `${missing.join(", ")} among them, separated by ${delimiter === "\t" ? "tabs" : "commas"}`,
      advice,
    });
  }
  return rows.map((row, index) => {
    const cells = indices.map((column) => row[column] ?? "");
    if (cells[0] !== "") return cells;
    throw new GeometryError("table-bad-row", {
      file,
      place: `row ${index + 1} below the header`,
      got: `an empty ${columns[0]}`,
      expected: `a ${columns[0]} in every row`,
      advice,
    });
  });
}

async function parseRows(text: string, { file, delimiter, advice }: TableOptions): Promise<string[][]> {
  const rows: string[][] = [];
  try {
    const quote = delimiter === "\t" ? null : '"';
    for await (const row of parseString(text, { delimiter, quote, trim: true, ignoreEmpty: true })) rows.push(row);
  } catch (error) {
    throw new GeometryError("table-unreadable", {
      file,
      place: `row ${rows.length + 1}`,
      got: String(error).replaceAll(/\s+/g, " ").slice(0, 200),
      expected: "a table with a header row",
      advice,
    });
  }
  return rows;
}
