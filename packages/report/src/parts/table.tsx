import { at, countOf } from "@vsi/dataset/internal";
import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { type Cell, cellText, checkTable, sortKey, type Table, toneOf } from "../cells.ts";

/** A table that a reader sorts and filters. */
export interface DataTableOptions {
  table: Table;
  /** Said above the table. */
  caption?: string;
  /** Called with the index in `table.rows` of the row that was chosen, by pointer or by Enter. */
  onChoose?: (row: number) => void;
  /** The row that is marked as chosen. */
  chosen?: number;
}

/** Rows from which on a filter is worth its place. */
export const LEAST_FILTERED = 20;

interface Order {
  column: number;
  isDescending: boolean;
}

/**
 * A table whose heads sort and whose field filters; totals stay at the end. For hundreds of rows: each is an element.
 *
 * @throws ReportError "length-mismatch" when a row does not fit the columns.
 *
 * @example
 * ```js
 * import { h } from "preact";
 * import { DataTable } from "@vsi/report/parts";
 * import { renderToString } from "preact-render-to-string";
 *
 * const table = { columns: [{ head: "type" }, { head: "score", align: "right" }], rows: [["counting", 61.5]] };
 * console.log(renderToString(h(DataTable, { table })).includes("61.5")); // true
 * ```
 */
export function DataTable({ table, caption, onChoose, chosen }: DataTableOptions): VNode {
  checkTable(table);
  const [order, setOrder] = useState<Order | null>(null);
  const [filter, setFilter] = useState("");
  const { columns, rows, totalsFrom = rows.length } = table;
  const body = rows.slice(0, totalsFrom).map((row, index) => ({ row, index }));
  const shown = body.filter(({ row }) => isFound(row, filter)).sort((a, b) => compareRows(a.row, b.row, table, order));
  const sortOf = (column: number) =>
    order?.column !== column ? undefined : order.isDescending ? "descending" : "ascending";
  const cellsOf = (row: readonly Cell[]) =>
    row.map((cell, index) => {
      const column = at(columns, index);
      const tone = toneOf(cell, column);
      return (
        <td class={column.align === "right" ? "right" : undefined}>
          {tone === undefined ? cellText(cell) : <span class={`vsi-tone ${tone}`}>{cellText(cell)}</span>}
        </td>
      );
    });
  return (
    <figure>
      {caption === undefined ? null : <figcaption>{caption}</figcaption>}
      {body.length < LEAST_FILTERED ? null : (
        <label class="vsi-filter">
          <input
            type="search"
            placeholder="Filter rows"
            aria-label="Filter rows"
            value={filter}
            onInput={(event) => setFilter(event.currentTarget.value)}
          />
          <span aria-live="polite">{filterText(shown.length, body.length)}</span>
        </label>
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls has to be reached by key. */}
      <section class="vsi-table" tabIndex={0} aria-label={caption ?? "table"}>
        <table>
          <thead>
            <tr>
              {columns.map(({ head, align }, column) => (
                <th scope="col" class={align === "right" ? "right" : undefined} aria-sort={sortOf(column)}>
                  <button type="button" onClick={() => setOrder(nextOrder(order, column))}>
                    {head}
                  </button>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map(({ row, index }) => (
              <tr
                key={index}
                aria-selected={chosen === index ? true : undefined}
                tabIndex={onChoose === undefined ? undefined : 0}
                onClick={onChoose && (() => onChoose(index))}
                onKeyDown={onChoose && ((event) => event.key === "Enter" && onChoose(index))}
              >
                {cellsOf(row)}
              </tr>
            ))}
          </tbody>
          {totalsFrom < rows.length ? (
            <tfoot>
              {rows.slice(totalsFrom).map((row) => (
                <tr>{cellsOf(row)}</tr>
              ))}
            </tfoot>
          ) : null}
        </table>
      </section>
    </figure>
  );
}

/** "12 of 40 rows"; "40 rows" when all are shown. */
function filterText(shown: number, all: number): string {
  return shown === all ? countOf(all, "row") : `${shown} of ${countOf(all, "row")}`;
}

/** Ascending, descending, as it came. */
function nextOrder(order: Order | null, column: number): Order | null {
  if (order?.column !== column) return { column, isDescending: false };
  return order.isDescending ? null : { column, isDescending: true };
}

function isFound(row: readonly Cell[], filter: string): boolean {
  const words = filter.toLowerCase().split(/\s+/);
  const text = row.map(cellText).join(" ").toLowerCase();
  return words.every((word) => text.includes(word));
}

function compareRows(a: readonly Cell[], b: readonly Cell[], { columns }: Table, order: Order | null): number {
  if (order === null) return 0;
  const { column, isDescending } = order;
  const [first, second] = [a, b].map((row) => sortKey(row[column] ?? null, at(columns, column)));
  if (first == null || second == null) return Number(first == null) - Number(second == null);
  const compared =
    typeof first === "number" && typeof second === "number"
      ? first - second
      : String(first).localeCompare(String(second), "en", { numeric: true });
  return isDescending ? -compared : compared;
}
