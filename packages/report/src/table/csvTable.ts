import { checkTable, type Table } from "./table.ts";

/**
 * A table as CSV (RFC 4180: lines end with CR LF, the first one holds the heads). For programs, so numbers are whole
 * and null is an empty field. Text stays as it is, but for NUL characters, which are dropped, and halves of surrogate
 * pairs, which UTF-8 can't hold; a spreadsheet takes a field that begins with "=" for a formula. Throws ReportError
 * "length-mismatch" when a row does not fit the columns.
 */
export async function csvTable(table: Table): Promise<string> {
  checkTable(table);
  // Loaded when needed: it asks for Node's streams and files, which would keep the main entry out of browsers.
  const { writeToString } = await import("@fast-csv/format");
  const head = table.columns.map(({ head }) => head);
  return writeToString([head, ...table.rows], { rowDelimiter: "\r\n", includeEndRowDelimiter: true });
}
