import { cellText, checkTable, type Table } from "./table.ts";

/**
 * A table in GitHub's Markdown (also for dataset cards); totals are bold. Text shows as it is: neither HTML nor
 * Markdown in it takes effect. Throws ReportError "length-mismatch" when a row does not fit the columns.
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
