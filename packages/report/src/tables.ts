import { checkArguments, type Kind } from "@vsi/dataset/internal";
import CliTable from "cli-table3";
import { cellText, checkTable, type Table } from "./cells.ts";
import { oneLine } from "./text.ts";

/**
 * A table as CSV (RFC 4180: lines end with CR LF, the first one holds the heads). For programs, so numbers are whole
 * and null is an empty field. Text stays as it is, but for NUL characters, which are dropped, and halves of surrogate
 * pairs, which UTF-8 can't hold; a spreadsheet takes a field that begins with "=" for a formula.
 *
 * @throws ReportError "length-mismatch" when a row does not fit the columns.
 *
 * @example
 * ```js
 * import { csvTable } from "@vsi/report";
 *
 * const csv = await csvTable({ columns: [{ head: "type" }, { head: "score" }], rows: [["counting", 0.615]] });
 * console.log(JSON.stringify(csv)); // "type,score\r\ncounting,0.615\r\n"
 * ```
 */
export async function csvTable(table: Table): Promise<string> {
  checkTable(table);
  // Loaded when needed: it asks for Node's streams and files, which would keep the main entry out of browsers.
  const { writeToString } = await import("@fast-csv/format");
  const head = table.columns.map(({ head }) => head);
  return writeToString([head, ...table.rows], { rowDelimiter: "\r\n", includeEndRowDelimiter: true });
}

/**
 * A table in GitHub's Markdown (also for dataset cards); totals are bold. Text shows as it is: neither HTML nor
 * Markdown in it takes effect.
 *
 * @throws ReportError "length-mismatch" when a row does not fit the columns.
 *
 * @example
 * ```js
 * import { csvTable, markdownTable, textTable } from "@vsi/report";
 *
 * const table = { columns: [{ head: "task" }, { head: "score", align: "right" }], rows: [["counting", 0.5]] };
 * console.log(markdownTable(table).split("\n")[0]); // | task | score |
 * console.log((await csvTable(table)).split("\r\n")[1]); // counting,0.5
 * console.log(textTable(table).includes("counting")); // true
 * ```
 */
export function markdownTable(table: Table): string {
  checkTable(table);
  const { columns, rows, totalsFrom = rows.length } = table;
  const lines = [
    columns.map(({ head }) => escapeMarkdown(head)),
    columns.map(({ align }) => (align === "right" ? "---:" : "---")),
    ...rows.map((row, index) => {
      const cells = row.map((cell) => escapeMarkdown(cellText(cell)));
      return index < totalsFrom ? cells : cells.map((cell) => (cell === "" ? "" : `**${cell}**`));
    }),
  ];
  return lines.map((cells) => `| ${cells.join(" | ")} |\n`).join("");
}

function escapeMarkdown(text: string): string {
  return (
    text
      .replace(/\s+/gu, " ")
      .trim()
      .replaceAll("&", "&amp;")
      .replaceAll("<", "&lt;")
      .replace(/[\\`*[\]|~]/g, "\\$&")
      // Inside a word (object_abs_distance) an underscore is plain text already.
      .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, "\\_")
  );
}

const WIDTH: Kind = { words: "a number above 0", fits: (width) => typeof width === "number" && width > 0 };

/**
 * A table for a terminal, drawn with box characters and without colours. Text that would move the cursor or break the
 * line is made harmless.
 *
 * @param width of the terminal, in characters: the widest column is wrapped where the table would be wider.
 * @throws ReportError "length-mismatch" when a row does not fit the columns.
 *
 * @example
 * ```js
 * import { textTable } from "@vsi/report";
 *
 * const columns = [{ head: "task" }, { head: "score" }];
 * console.log(textTable({ columns, rows: [["counting", 0.5]] }).includes("counting")); // true
 * ```
 */
export function textTable(table: Table, width = Number.POSITIVE_INFINITY): string {
  checkArguments("textTable", { width: [width, WIDTH] });
  checkTable(table);
  const text = drawnTable(table, []);
  const over = text.indexOf("\n") - width;
  if (over <= 0) return text;
  const widths = table.columns.map(({ head }, index) => {
    const cells = [head, ...table.rows.map((row) => cellText(row[index] ?? null))];
    return Math.max(...cells.map((cell) => oneLine(cell).length));
  });
  const widest = Math.max(...widths);
  // A cell has a blank on either side; narrower than this, words would be cut.
  const narrowed = Math.max(LEAST_WRAPPED, widest + 2 - over);
  return drawnTable(
    table,
    widths.map((own, index) => (index === widths.indexOf(widest) ? narrowed : own + 2)),
  );
}

/** Characters of a wrapped column, its blanks included. */
const LEAST_WRAPPED = 14;

function drawnTable(table: Table, colWidths: number[]): string {
  const drawn = new CliTable({
    head: table.columns.map(({ head }) => oneLine(head)),
    colAligns: table.columns.map(({ align }) => align ?? "left"),
    colWidths,
    wordWrap: true,
    style: { head: [], border: [] },
  });
  drawn.push(...table.rows.map((row) => row.map((cell) => oneLine(cellText(cell)))));
  return withoutInnerLines(drawn.toString(), table);
}

/** Only the lines below the head and above the totals stay; cli-table3 draws one after each row or none at all. */
function withoutInnerLines(drawn: string, { rows, totalsFrom }: Table): string {
  const kept = new Set([0, totalsFrom !== undefined && totalsFrom < rows.length ? totalsFrom : 0]);
  let line = -1;
  return drawn
    .split("\n")
    .filter((row) => {
      if (!row.startsWith("├")) return true;
      line += 1;
      return kept.has(line);
    })
    .join("\n");
}
