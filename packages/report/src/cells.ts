import {
  checkRecord,
  type Kind,
  listOf,
  type OptionKinds,
  oneOf,
  onlyFields,
  optional,
  RECORD,
  TEXT,
  WHOLE,
} from "@vsi/dataset/internal";
import { checkLength } from "./errors.ts";
import { formatNumber } from "./text.ts";

/** One value of a table. null means that there is none. */
export type Cell = string | number | null;

/** How a verdict is meant; shown by a colour and a sign. */
export type Tone = "good" | "warn" | "bad";

/** One column of a table. */
export interface Column {
  head: string;
  /** Left unless said otherwise; a column on the right is sorted by the first number in its cells. */
  align?: "left" | "right";
  /** On a page: cells with one of these texts are verdicts. */
  tones?: Readonly<Record<string, Tone>>;
}

/** A table: columns, and rows of plain values. null prints as an en dash. */
export interface Table {
  columns: readonly Column[];
  rows: readonly (readonly Cell[])[];
  /** Rows of this index on are totals, set apart by a line. */
  totalsFrom?: number;
}

const CELL: Kind = {
  words: "a string, a number or null",
  fits: (cell) => cell === null || typeof cell === "string" || typeof cell === "number",
};

const COLUMN = onlyFields({ head: TEXT, align: optional(oneOf(["left", "right"])), tones: optional(RECORD) });

const TABLE_FIELDS: OptionKinds<Table> = {
  columns: listOf(COLUMN, "a list of columns with head"),
  rows: listOf(listOf(CELL, ""), "a list of rows, each a list of strings, numbers and nulls"),
  totalsFrom: optional(WHOLE),
};

/** A cell as people read it; numbers as formatNumber writes them. */
export function cellText(cell: Cell): string {
  if (cell === null) return "–";
  return typeof cell === "number" ? formatNumber(cell) : cell;
}

/**
 * What a column is sorted by: a number, or the first one in a text on the right ("14.5 (12.6 to 16.4)" by 14.5), or the
 * text; null where there is nothing, which comes last.
 */
export function sortKey(cell: Cell, { align }: Column): number | string | null {
  if (typeof cell !== "string" || align !== "right") return cell;
  const [number] = cell.replaceAll(",", "").match(/[-+]?\d+(\.\d+)?(e[-+]?\d+)?/i) ?? [];
  return number === undefined ? null : Number(number);
}

/** The tone of a cell, if its column has one for its text. */
export function toneOf(cell: Cell, { tones }: Column): Tone | undefined {
  return typeof cell === "string" && tones !== undefined && Object.hasOwn(tones, cell) ? tones[cell] : undefined;
}

/** @throws ReportError "length-mismatch" when a row has more or fewer cells than there are columns. */
export function checkTable(table: Table): void {
  checkRecord(table, TABLE_FIELDS, "a table");
  const { columns, rows } = table;
  for (const [index, row] of rows.entries()) {
    checkLength({ place: `rows[${index}]`, length: row.length }, { place: "columns", length: columns.length });
  }
}
