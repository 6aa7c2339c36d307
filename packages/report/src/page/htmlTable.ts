import { cellText, checkTable, type Table } from "../table/table.ts";
import { escapeHtml } from "../text/escapeHtml.ts";

/**
 * A table as HTML in a box of its own that scrolls sideways. Throws ReportError when a row does not fit the columns.
 */
export function htmlTable(table: Table, caption?: string): string {
  checkTable(table);
  const { columns, rows, totalsFrom = rows.length } = table;
  const side = (index: number) => (columns[index].align === "right" ? ' class="right"' : "");
  const heads = columns.map(({ head }, index) => `<th scope="col"${side(index)}>${escapeHtml(head)}</th>`);
  const line = (row: Table["rows"][number]) =>
    `<tr>${row.map((cell, index) => `<td${side(index)}>${escapeHtml(cellText(cell))}</td>`).join("")}</tr>`;
  const totals = rows.slice(totalsFrom);
  return [
    "<figure>",
    caption === undefined ? "" : `<figcaption>${escapeHtml(caption)}</figcaption>`,
    `<div class="scroll" tabindex="0"><table><thead><tr>${heads.join("")}</tr></thead>`,
    `<tbody>${rows.slice(0, totalsFrom).map(line).join("\n")}</tbody>`,
    totals.length === 0 ? "" : `<tfoot>${totals.map(line).join("\n")}</tfoot>`,
    "</table></div></figure>",
  ].join("");
}
