import type { ResultTable } from "./measurement.ts";
/** A table as Markdown that also reads well in a terminal: the first column to the left, the others to the right. */
export function markdownOf({ title, columns, rows, notes }: ResultTable): string {
  const widths = columns.map((column, index) => Math.max(3, column.length, ...rows.map((row) => row[index].length)));
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, index) => (index === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[index]))).join(" | ")} |`;
  const rule = widths.map((width, index) => (index === 0 ? "-".repeat(width) : `${"-".repeat(width - 1)}:`));
  return [
    `## ${title}`,
    "",
    line(columns),
    line(rule),
    ...rows.map(line),
    "",
    ...notes.map((note) => `- ${note}`),
    "",
  ].join("\n");
}
