import { checkLength } from "../checkLength.ts";
import { formatNumber } from "../text/formatNumber.ts";

/** One value of a table. null means that there is none. */
export type Cell = string | number | null;

/**
 * A table: column heads with alignment (left unless said otherwise), rows of plain values. null prints as an en dash.
 */
export interface Table {
  columns: readonly { head: string; align?: "left" | "right" }[];
  rows: readonly (readonly Cell[])[];
  /** Rows of this index on are totals, set apart by a line. */
  totalsFrom?: number;
}

/** A cell as people read it; numbers as formatNumber writes them. */
export function cellText(cell: Cell): string {
  if (cell === null) return "–";
  return typeof cell === "number" ? formatNumber(cell) : cell;
}

/** Throws ReportError "length-mismatch" when a row has more or fewer cells than there are columns. */
export function checkTable({ columns, rows }: Table): void {
  for (const [index, row] of rows.entries()) {
    checkLength({ place: `rows[${index}]`, length: row.length }, { place: "columns", length: columns.length });
  }
}
