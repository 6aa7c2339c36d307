import type { ComponentChildren } from "preact";

export interface GridColumn {
  /** Unique in its table. */
  name: string;
  /** What stands above it, where that is more than its name. */
  head?: ComponentChildren;
  isNumber?: boolean;
  className?: string;
}

export interface GridRow {
  key: string | number;
  /** One a column. */
  cells: readonly ComponentChildren[];
  className?: string;
}

export interface GridTableProps {
  /** What it lists, for whoever hears the page. */
  label: string;
  columns: readonly GridColumn[];
  rows: readonly GridRow[];
  foot?: readonly GridRow[];
  /** The column that names a row. */
  namedBy?: number;
  className?: string;
  /** Scrolls within a few rows' height. */
  isLow?: boolean;
}

/** A table of numbers in a box of its own, which scrolls where the page is too narrow. */
export function GridTable({ label, columns, rows, foot, namedBy = 0, className = "", isLow = false }: GridTableProps) {
  const line = ({ key, cells, className: name }: GridRow) => (
    <tr key={key} {...(name ? { class: name } : {})}>
      {columns.map((column, index) =>
        index === namedBy ? (
          <th key={column.name} scope="row" class={classOf(column)}>
            {cells[index]}
          </th>
        ) : (
          <td key={column.name} class={classOf(column)}>
            {cells[index]}
          </td>
        ),
      )}
    </tr>
  );
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls has to be reached by key.
    <section class={`table-box vsi-scroll${isLow ? " low" : ""}`} tabIndex={0} aria-label={label}>
      <table class={className === "" ? "grid-table" : `grid-table ${className}`}>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.name} scope="col" class={classOf(column)}>
                {column.head ?? column.name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{rows.map(line)}</tbody>
        {foot && <tfoot>{foot.map(line)}</tfoot>}
      </table>
    </section>
  );
}

function classOf({ isNumber = false, className = "" }: GridColumn): string {
  return [isNumber ? "number" : "", className].filter(Boolean).join(" ");
}
